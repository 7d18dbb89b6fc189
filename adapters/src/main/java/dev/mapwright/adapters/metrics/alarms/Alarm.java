package dev.mapwright.adapters.metrics.alarms;

import java.time.Instant;

/// One alarm, and how it stands.
///
/// @param configuredAt when it was put last
public record Alarm(AlarmSettings settings, AlarmState state, Instant configuredAt) {
    public String name() {
        return settings.name();
    }

    Alarm in(AlarmState next) {
        return new Alarm(settings, next, configuredAt);
    }
}
