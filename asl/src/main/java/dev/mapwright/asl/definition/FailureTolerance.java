package dev.mapwright.asl.definition;

import dev.mapwright.asl.expression.Expression;

import java.util.Optional;

/// ToleratedFailureCount and ToleratedFailurePercentage, each a literal, a path or an expression.
public record FailureTolerance(Optional<Expression> count, Optional<Expression> percentage) {}
