package dev.mapwright.adapters.metrics;

import java.time.Instant;

/// The samples of one period.
///
/// @param at when the period begins
public record Datapoint(Instant at, Samples samples, Unit unit) {}
