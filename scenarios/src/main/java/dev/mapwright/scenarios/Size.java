package dev.mapwright.scenarios;

/// How much data a scenario works on.
public enum Size {
    /// Seconds; runs with the tests.
    S,
    /// Minutes.
    M,
    /// The figure of the published original.
    L;

    long of(long s, long m, long l) {
        return switch (this) {
            case S -> s;
            case M -> m;
            case L -> l;
        };
    }
}
