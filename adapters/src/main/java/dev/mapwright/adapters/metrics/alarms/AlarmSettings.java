package dev.mapwright.adapters.metrics.alarms;

import dev.mapwright.adapters.metrics.Metric;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What PutMetricAlarm says.
///
/// @param actions by the state that they are done on entering; all states are there
public record AlarmSettings(
        String name,
        Optional<String> description,
        Acting acting,
        Map<AlarmState.Value, List<String>> actions,
        Metric metric,
        AlarmRule rule) {
    /// `ActionsEnabled`
    public enum Acting {
        ENABLED,
        DISABLED
    }

    public AlarmSettings {
        actions = Map.copyOf(actions);
    }

    AlarmSettings with(Acting other) {
        return new AlarmSettings(name, description, other, actions, metric, rule);
    }
}
