package dev.mapwright.adapters.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Asks for a metric's samples by period.
///
/// @param unit where it is absent, samples of every unit, each for itself
/// @param start of the first period
/// @param end exclusive
/// @param periodSeconds a multiple of 60, or one of 1, 5, 10, 20 and 30
public record MetricQuery(
        Metric metric, Optional<Unit> unit, Instant start, Instant end, int periodSeconds) {

    /// With the start as CloudWatch rounds it down: the older, the more.
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
    public MetricQuery startingWhole(Instant now) {
        long whole;
        if (start.isBefore(now.minus(Duration.ofDays(63)))) {
            whole = Tier.HOUR.placeOf(start);
        } else if (start.isBefore(now.minus(Duration.ofDays(15)))) {
            whole = Tier.FIVE_MINUTES.placeOf(start);
        } else if (periodSeconds % Tier.MINUTE.seconds() == 0) {
            whole = Tier.MINUTE.placeOf(start);
        } else {
            whole = Math.floorDiv(start.getEpochSecond(), periodSeconds) * (long) periodSeconds;
        }
        return new MetricQuery(metric, unit, Instant.ofEpochSecond(whole), end, periodSeconds);
    }

    /// How many periods begin before the end.
    public long periods() {
        long nanos = end.getNano();
        long endSecond = end.getEpochSecond() + (nanos > 0 ? 1 : 0);
        return Math.max(0, Math.ceilDiv(endSecond - start.getEpochSecond(), periodSeconds));
    }
}
