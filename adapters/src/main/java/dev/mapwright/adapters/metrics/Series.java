package dev.mapwright.adapters.metrics;

/// What samples are added up in: those of one metric in one unit.
public record Series(Metric metric, Unit unit) {}
