package dev.mapwright.adapters.metrics.states;

import dev.mapwright.adapters.metrics.Unit;

/// A metric of the namespace `AWS/States`.
/// https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
///
/// @param text AWS's name
public record MetricName(String text, Unit unit) {
    static MetricName count(String text) {
        return new MetricName(text, Unit.COUNT);
    }

    static MetricName milliseconds(String text) {
        return new MetricName(text, Unit.MILLISECONDS);
    }

    static MetricName bytes(String text) {
        return new MetricName(text, Unit.BYTES);
    }
}
