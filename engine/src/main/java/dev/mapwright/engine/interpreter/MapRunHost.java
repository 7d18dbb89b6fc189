package dev.mapwright.engine.interpreter;

import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.ItemSelector;
import dev.mapwright.engine.store.MapRunRecord;

import java.time.Instant;
import java.util.Optional;

/// Runs map runs on behalf of a Map state. Implemented by engine.execution.
public interface MapRunHost {
    Optional<MapRunRecord> find(String mapRunArn);

    /// Runs a map run to its end, from wherever its journal left off. Interrupted: the run is
    /// stopped or left, as `halt` says.
    ///
    /// @param run its record, which is stored if it isn't yet; redriven more often than the one
    ///     that is stored: the run is redriven
    /// @param deadline the parent's: the run is stopped when it passes
    Ending run(MapRunRecord run, ItemSelector selector, Instant deadline, Halt halt)
            throws InterruptedException;
}
