package dev.mapwright.adapters.metrics.states;

import dev.mapwright.adapters.metrics.Samples;

import java.util.List;
import java.util.Map;

/// All samples of one source since the process began.
///
/// @param dimensions that tell the source from others
/// @param samples of the metrics that it has any of
/// @param executionTimes of a state machine, up to `Long.MAX_VALUE`, which is all; empty for what
///     Tasks call
public record Totals(
        Map<String, String> dimensions,
        Map<MetricName, Samples> samples,
        List<Bucket> executionTimes) {
    /// @param count of executions that took as long or less
    public record Bucket(long millisecondsMax, long count) {}
}
