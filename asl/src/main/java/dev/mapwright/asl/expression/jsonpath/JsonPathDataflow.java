package dev.mapwright.asl.expression.jsonpath;

import dev.mapwright.asl.expression.Dataflow;
import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;

import java.util.Map;
import java.util.Optional;

/// InputPath → Parameters → (work) → ResultSelector → ResultPath → OutputPath, with `Assign` beside
/// it. An `inputPath` or `outputPath` of JSON null is a constant `{}`.
public record JsonPathDataflow(
        Optional<Expression> inputPath,
        Optional<Expression> parameters,
        Optional<Expression> resultSelector,
        ResultPath resultPath,
        Optional<Expression> outputPath,
        Map<String, Expression> assign)
        implements Dataflow {

    @Override
    public Json effectiveInput(Scope scope) throws EvaluationFailed {
        throw new UnsupportedOperationException("sketch");
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
