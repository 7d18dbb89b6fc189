package dev.mapwright.asl.expression.jsonpath;

import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;

/// The `Result` of a Pass state, which stands in the place of its `Parameters`.
public record PassResult(Json value) implements Expression {
    @Override
    public Json evaluate(Scope scope) {
        return value;
    }
}
