package dev.mapwright.engine.interpreter;

import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.store.MapRunRecord;

import java.time.Instant;
import java.util.Optional;

/// Runs map runs on behalf of a Map state. Implemented by engine.execution.
public interface MapRunHost {
    Optional<MapRunRecord> find(String mapRunArn);

    /// Runs a map run to its end, from wherever its journal left off. Interrupted: the run is
    /// aborted or left, as `halt` says. One that is aborted is over for its Map state, and winds
    /// down by itself.
    ///
    /// @param run its record, which is stored if it isn't yet; redriven more often than the one
    ///     that is stored: the run is redriven, as soon as it has wound down
    /// @param deadline the parent's: the run is aborted when it passes
    Ending run(MapRunRecord run, Selection selection, Instant deadline, Halt halt)
            throws InterruptedException;
}
