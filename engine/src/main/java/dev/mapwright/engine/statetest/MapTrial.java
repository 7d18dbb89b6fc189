package dev.mapwright.engine.statetest;

import dev.mapwright.asl.definition.FailureTolerance;
import dev.mapwright.asl.definition.MapMode;
import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.expression.jsonpath.JsonPathDataflow;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.task.TaskFailed;

import java.util.Map;
import java.util.Optional;

/// The work of a Map state, which is always mocked: its fields are evaluated, its iterations are
/// not run.
///
/// @param seen takes what the inspection shows of the fields
record MapTrial(State.MapState map, StateTest test, TestContext context, Map<String, Object> seen) {
    private static final double PERCENT = 100;

    Json run(Scope scope) throws EvaluationFailed, TaskFailed, Refused {
        boolean isJsonPath = map.dataflow() instanceof JsonPathDataflow;
        Scope fields = scope.withInput(map.dataflow().effectiveInput(scope));
        if (isJsonPath) {
            seen.put("afterInputPath", fields.input());
        }
        Optional<Json> dataset = dataset(fields);
        if (isJsonPath && map.items().isPresent()) {
            seen.put("afterItemsPath", dataset.orElseThrow());
        }
        var items = new ItemsTrial(map, context, seen);
        Optional<Long> itemCount = dataset.isEmpty()
                ? Optional.empty()
                : Optional.of(items.follow(dataset.get(), fields));
        seen.put(
                "maxConcurrency",
                number(map.maxConcurrency(), fields).map(Number::intValue).orElse(0));
        checkFailures(tolerance(fields), itemCount);
        return switch (test.mock().orElseThrow()) {
            case Mock.Result(Json result, Mock.FieldValidation _) -> result;
            case Mock.ErrorOutput(Failure failure) -> throw new TaskFailed(failure);
        };
    }

    /// Empty where an ItemReader would read them, and what it reads isn't given.
    private Optional<Json> dataset(Scope fields) throws EvaluationFailed {
        return map.items().isPresent()
                ? Optional.of(map.items().get().evaluate(fields))
                : test.settings().mapItemReaderData();
    }

    /// How much failure the state says it takes.
    private record Tolerated(Optional<Long> count, Optional<Double> percentage) {
        boolean isExceeded(long failed, Optional<Long> of) {
            return count.filter(limit -> failed > limit).isPresent()
                    || of.isPresent()
                            && percentage
                                    .filter(limit -> failed * PERCENT > limit * of.get())
                                    .isPresent();
        }
    }

    private Tolerated tolerance(Scope fields) throws EvaluationFailed {
        if (!(map.mode() instanceof MapMode.Distributed distributed)) {
            return new Tolerated(Optional.empty(), Optional.empty());
        }
        FailureTolerance tolerance = distributed.tolerance();
        var tolerated = new Tolerated(
                number(tolerance.count(), fields).map(Number::longValue),
                number(tolerance.percentage(), fields).map(Number::doubleValue));
        tolerated.count().ifPresent(limit -> seen.put("toleratedFailureCount", limit));
        tolerated.percentage().ifPresent(limit -> seen.put("toleratedFailurePercentage", limit));
        return tolerated;
    }

    /// AWS takes a Map state that says nothing of tolerated failures to tolerate all of them here.
    private void checkFailures(Tolerated tolerated, Optional<Long> items)
            throws TaskFailed, Refused {
        if (test.settings().mapIterationFailureCount().isEmpty()) {
            return;
        }
        long failed = test.settings().mapIterationFailureCount().get();
        if (items.filter(count -> failed > count).isPresent()) {
            throw MockRules.invalid(
                    "Map iteration failure count must be less than or equal to the number of Map iterations");
        }
        if (tolerated.isExceeded(failed, items)) {
            throw TaskFailed.of(
                    "States.ExceedToleratedFailureThreshold",
                    "The specified tolerated failure threshold was exceeded");
        }
    }

    private static Optional<Number> number(Optional<Expression> field, Scope fields)
            throws EvaluationFailed {
        return field.isEmpty()
                ? Optional.empty()
                : Optional.of((Number) field.get().evaluate(fields).value());
    }
}
