package dev.mapwright.asl.expression.jsonata;

import dev.mapwright.asl.expression.Dataflow;
import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Arguments → (work) → Output, with `Assign` beside it. `Output` absent: the result, or the input
/// where there is none.
public record JsonataDataflow(
        Optional<Expression> arguments, Optional<Expression> output, Map<String, Expression> assign)
        implements Dataflow {

    @Override
    public Json effectiveInput(Scope scope) {
        return scope.input();
    }

    @Override
    public Json arguments(Scope scope) throws EvaluationFailed {
        return arguments.isPresent() ? arguments.get().evaluate(scope) : scope.input();
    }

    /// Both are evaluated from the same values: Output doesn't see what Assign assigns.
    @Override
    public Leaving leave(Scope scope) throws EvaluationFailed {
        var assigned = new LinkedHashMap<String, Json>();
        for (var variable : assign.entrySet()) {
            assigned.put(variable.getKey(), variable.getValue().evaluate(scope));
        }
        return new Leaving(
                output.isPresent() ? output.get().evaluate(scope) : passedOn(scope), assigned);
    }

    private static Json passedOn(Scope scope) {
        return scope.error()
                .map(error -> Json.of(error.asErrorOutput()))
                .or(scope::result)
                .orElse(scope.input());
    }
}
