package dev.mapwright.asl.expression.jsonpath;

import dev.mapwright.asl.expression.Dataflow;
import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;

import java.util.Collections;
import java.util.LinkedHashMap;
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

    public JsonPathDataflow {
        assign = Collections.unmodifiableMap(new LinkedHashMap<>(assign));
    }

    @Override
    public Json effectiveInput(Scope scope) throws EvaluationFailed {
        return evaluate(inputPath, scope);
    }

    @Override
    public Json arguments(Scope scope) throws EvaluationFailed {
        return parameters.isEmpty()
                ? effectiveInput(scope)
                : parameters.get().evaluate(scope.withInput(effectiveInput(scope)));
    }

    @Override
    public Leaving leave(Scope scope) throws EvaluationFailed {
        if (scope.error().isPresent()) {
            Json errorOutput = Json.of(scope.error().get().asErrorOutput());
            return leave(scope, errorOutput, resultPath.put(scope.input(), errorOutput));
        }
        if (scope.result().isPresent()) {
            return leave(scope, place(scope, select(scope)));
        }
        Json passedOn = effectiveInput(scope);
        return leave(scope, passedOn, passedOn);
    }

    /// First step of leaving with a result: the result after ResultSelector.
    public Json select(Scope scope) throws EvaluationFailed {
        return evaluate(resultSelector, scope.withInput(scope.result().orElseThrow()));
    }

    /// Second step of leaving with a result: the raw input with `selected` at ResultPath.
    public Json place(Scope scope, Json selected) throws EvaluationFailed {
        return resultPath.put(scope.input(), selected);
    }

    /// Last step of leaving with a result: Assign and OutputPath.
    public Leaving leave(Scope scope, Json placed) throws EvaluationFailed {
        return leave(scope, scope.result().orElseThrow(), placed);
    }

    /// @param assigned what `$` means in `Assign`
    private Leaving leave(Scope scope, Json assigned, Json output) throws EvaluationFailed {
        var variables = new LinkedHashMap<String, Json>();
        for (var variable : assign.entrySet()) {
            variables.put(
                    variable.getKey(), variable.getValue().evaluate(scope.withInput(assigned)));
        }
        return new Leaving(
                evaluate(outputPath, scope.withInput(output)),
                Collections.unmodifiableMap(variables));
    }

    private static Json evaluate(Optional<Expression> field, Scope scope) throws EvaluationFailed {
        return field.isPresent() ? field.get().evaluate(scope) : scope.input();
    }
}
