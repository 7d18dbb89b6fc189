package dev.mapwright.adapters.metrics.alarms;

import java.time.Instant;
import java.util.Optional;

/// One alarm, and how it stands.
///
/// @param configuredAt when it was put last
/// @param left the state that it came from, while its actions have not been done yet
public record Alarm(
        AlarmSettings settings,
        AlarmState state,
        Instant configuredAt,
        Optional<AlarmState.Value> left) {

    public String name() {
        return settings.name();
    }

    /// In another state, whose actions are to be done if it is another one indeed.
    Alarm in(AlarmState next) {
        return new Alarm(
                settings,
                next,
                configuredAt,
                next.value() == state.value() ? left : Optional.of(state.value()));
    }

    Alarm announced() {
        return new Alarm(settings, state, configuredAt, Optional.empty());
    }
}
