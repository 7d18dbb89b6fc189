package dev.mapwright.engine.journal;

/// An execution has no room for another event but its last one.
public final class HistoryFull extends RuntimeException {
    public HistoryFull(int eventsMax) {
        super(
                "The execution reached the maximum number of history events (%d)."
                        .formatted(eventsMax),
                null,
                false,
                false);
    }
}
