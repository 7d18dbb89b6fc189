package dev.mapwright.asl.definition;

import dev.mapwright.asl.expression.Expression;

/// How long a Wait state waits.
public sealed interface Until {
    /// Yields a whole number of seconds, 0 or more.
    record Seconds(Expression seconds) implements Until {}

    /// Yields an ISO-8601 date-time text with offset.
    record Timestamp(Expression timestamp) implements Until {}
}
