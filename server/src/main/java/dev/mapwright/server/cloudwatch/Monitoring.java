package dev.mapwright.server.cloudwatch;

import dev.mapwright.adapters.metrics.TimeSeries;
import dev.mapwright.adapters.metrics.alarms.AlarmArn;
import dev.mapwright.adapters.metrics.alarms.Alarms;
import dev.mapwright.adapters.metrics.states.EngineMetrics;

import java.time.Instant;
import java.time.InstantSource;

/// What the operations work with.
///
/// @param engine whose counts are collected before somebody asks for metrics
public record Monitoring(
        InstantSource clock,
        TimeSeries series,
        EngineMetrics engine,
        Alarms alarms,
        AlarmArn arns) {

    Instant now() {
        return clock.instant();
    }

    void collect() throws InterruptedException {
        engine.collect(now());
    }
}
