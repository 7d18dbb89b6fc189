package dev.mapwright.engine.maprun;

import java.time.Duration;

/// How fast the children of a run are started, which AWS has no setting for: a downstream has burst
/// and ramp rates, not only a concurrency.
///
/// @param perSecond children started within any one second at most; above 0, and up to
///     [#PER_SECOND_MAX]
/// @param rampUp how long the rate takes to rise evenly from nothing to `perSecond`; zero: it is
///     there at once; up to [#RAMP_UP_MAX]
public record Pace(double perSecond, Duration rampUp) {
    public static final double PER_SECOND_MAX = 1_000_000;
    public static final Duration RAMP_UP_MAX = Duration.ofDays(1);

    public Pace {
        if (!(perSecond > 0 && perSecond <= PER_SECOND_MAX)) {
            throw new IllegalArgumentException(
                    "a pace is above 0 and at most %.0f per second, not %s"
                            .formatted(PER_SECOND_MAX, perSecond));
        }
        if (rampUp.isNegative() || rampUp.compareTo(RAMP_UP_MAX) > 0) {
            throw new IllegalArgumentException("a ramp-up takes from 0 to %d s, not %s s"
                    .formatted(RAMP_UP_MAX.toSeconds(), rampUp.toMillis() / 1e3));
        }
    }
}
