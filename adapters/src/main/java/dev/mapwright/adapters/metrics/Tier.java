package dev.mapwright.adapters.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How finely samples are kept, and for how long. Each sample is added to its place in every tier
/// from its own on, so that a long query reads few places.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html
enum Tier {
    /// Of metrics with a `StorageResolution` of 1 only.
    SECOND(1, Duration.ofHours(3)),
    MINUTE(60, Duration.ofDays(15)),
    FIVE_MINUTES(300, Duration.ofDays(63)),
    HOUR(3_600, Duration.ofDays(455));

    private static final List<Tier> FINEST_FIRST = List.of(values());

    private final int seconds;
    private final Duration retention;

    Tier(int seconds, Duration retention) {
        this.seconds = seconds;
        this.retention = retention;
    }

    List<Tier> andCoarser() {
        return FINEST_FIRST.subList(ordinal(), FINEST_FIRST.size());
    }

    /// The coarsest tier of which each period holds whole places.
    static Tier forPeriods(long startSecond, int periodSeconds) {
        Tier best = SECOND;
        for (Tier tier : FINEST_FIRST) {
            if (periodSeconds % tier.seconds == 0 && startSecond % tier.seconds == 0) {
                best = tier;
            }
        }
        return best;
    }

    long placeOf(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), seconds) * (long) seconds;
    }

    int seconds() {
        return seconds;
    }

    /// What is before this is dropped.
    long oldestSecond(Instant now) {
        return now.minus(retention).getEpochSecond();
    }
}
