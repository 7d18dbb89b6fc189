package dev.mapwright.server.openmetrics;

/// The two text formats; they differ in how counters are announced and in how a page ends.
enum TextFormat {
    OPEN_METRICS,
    PROMETHEUS
}
