package dev.mapwright.engine.journal;

import dev.mapwright.engine.Quotas;

/// An execution has no room for another event but its last one.
public final class HistoryFull extends RuntimeException {
    public HistoryFull() {
        super(
                "The execution reached the maximum number of history events (%d)."
                        .formatted(Quotas.HISTORY_EVENTS_MAX),
                null,
                false,
                false);
    }
}
