package dev.mapwright.adapters.store.embedded;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.engine.store.Execution;

/// Whoever has something to write in the same atomic write as the record of an execution.
@FunctionalInterface
public interface Companion {
    /// Called when an execution begins, is redriven and ends; children of map runs are left out.
    /// Neither waits nor throws.
    ///
    /// @param execution as `batch` leaves it
    void accompany(Batch batch, Execution execution);

    static Companion nobody() {
        return (_, _) -> {};
    }
}
