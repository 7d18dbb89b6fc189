package dev.mapwright.asl.definition;

import dev.mapwright.asl.expression.Expression;

import java.util.Optional;

/// A ResultWriter. `arguments` is absent where only WriterConfig is given: then the state's own
/// output is formatted and nothing is written.
public record WriterSpec(
        Optional<Expression> arguments,
        Optional<Transformation> transformation,
        OutputType outputType) {
    public enum Transformation {
        NONE,
        COMPACT,
        FLATTEN
    }

    public enum OutputType {
        JSON,
        JSONL
    }
}
