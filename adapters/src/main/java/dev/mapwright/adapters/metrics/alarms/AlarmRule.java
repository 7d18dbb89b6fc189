package dev.mapwright.adapters.metrics.alarms;

import dev.mapwright.adapters.metrics.Statistic;
import dev.mapwright.adapters.metrics.Unit;

import java.util.Optional;

/// When a metric is an alarm, in the words of PutMetricAlarm.
///
/// @param unit absent: samples of all units
/// @param datapointsToAlarm of so many evaluation periods; at most that
/// @param missingData absent: as `missing`
public record AlarmRule(
        Statistic statistic,
        Optional<Unit> unit,
        int periodSeconds,
        int evaluationPeriods,
        Optional<Integer> datapointsToAlarm,
        double threshold,
        Comparison comparison,
        Optional<MissingData> missingData) {
    int neededToAlarm() {
        return datapointsToAlarm.orElse(evaluationPeriods);
    }
}
