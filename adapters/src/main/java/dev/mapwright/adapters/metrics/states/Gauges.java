package dev.mapwright.adapters.metrics.states;

import java.util.OptionalLong;

/// Where the gauges stand.
@FunctionalInterface
public interface Gauges {
    /// Empty where there is nothing to report.
    OptionalLong now(Gauge gauge);
}
