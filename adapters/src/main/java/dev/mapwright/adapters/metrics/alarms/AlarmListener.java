package dev.mapwright.adapters.metrics.alarms;

import dev.mapwright.adapters.keyvalue.Batch;

/// Told of each change of an alarm's state.
@FunctionalInterface
public interface AlarmListener {
    /// Adds to `batch`, which writes the change, whatever has to be durable with it.
    void changed(Batch batch, AlarmChange change);
}
