package dev.mapwright.asl.expression.jsonata;

import dev.mapwright.asl.expression.Dataflow;
import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;

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
        throw new UnsupportedOperationException("sketch");
    }

    @Override
    public Leaving leave(Scope scope) throws EvaluationFailed {
        throw new UnsupportedOperationException("sketch");
    }
}
