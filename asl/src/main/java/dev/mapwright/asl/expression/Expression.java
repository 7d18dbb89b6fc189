package dev.mapwright.asl.expression;

import dev.mapwright.asl.json.Json;

/// A compiled piece of a definition that yields JSON. Which query language it was written in is no
/// longer visible: a path, a JSONata string, an intrinsic call and a literal are alike.
@FunctionalInterface
public interface Expression {
    Json evaluate(Scope scope) throws EvaluationFailed;

    /// An expression that is the same whatever it may read.
    static Expression constant(Json value) {
        return _ -> value;
    }
}
