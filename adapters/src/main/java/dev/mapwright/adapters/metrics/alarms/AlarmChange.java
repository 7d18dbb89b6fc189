package dev.mapwright.adapters.metrics.alarms;

/// An alarm has another state than before.
///
/// @param alarm as it stands now
public record AlarmChange(Alarm alarm, AlarmState before) {}
