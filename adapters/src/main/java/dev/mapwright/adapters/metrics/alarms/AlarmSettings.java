package dev.mapwright.adapters.metrics.alarms;

import dev.mapwright.adapters.metrics.Metric;
import dev.mapwright.adapters.metrics.Statistic;
import dev.mapwright.adapters.metrics.Unit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What PutMetricAlarm says.
///
/// @param actions by the state that they are done on entering; all states are there
/// @param datapointsToAlarm of so many evaluation periods; at most that
/// @param missingData absent: as `missing`
public record AlarmSettings(
        String name,
        Optional<String> description,
        Acting acting,
        Map<AlarmState.Value, List<String>> actions,
        Metric metric,
        Statistic statistic,
        Optional<Unit> unit,
        int periodSeconds,
        int evaluationPeriods,
        Optional<Integer> datapointsToAlarm,
        double threshold,
        Comparison comparison,
        Optional<MissingData> missingData) {
    /// `ActionsEnabled`
    public enum Acting {
        ENABLED,
        DISABLED
    }

    public AlarmSettings {
        actions = Map.copyOf(actions);
    }

    int neededToAlarm() {
        return datapointsToAlarm.orElse(evaluationPeriods);
    }

    AlarmSettings with(Acting other) {
        return new AlarmSettings(
                name,
                description,
                other,
                actions,
                metric,
                statistic,
                unit,
                periodSeconds,
                evaluationPeriods,
                datapointsToAlarm,
                threshold,
                comparison,
                missingData);
    }
}
