package dev.mapwright.asl.definition;

import dev.mapwright.asl.expression.Expression;

import java.util.Optional;

/// An ItemBatcher. At least one of the two limits is present.
public record BatchSpec(
        Optional<Expression> maxItemsPerBatch,
        Optional<Expression> maxInputBytesPerBatch,
        Optional<Expression> batchInput) {}
