package dev.mapwright.engine.statetest;

import dev.mapwright.asl.definition.Catcher;
import dev.mapwright.asl.definition.Recovery;
import dev.mapwright.asl.definition.Rule;
import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.Until;
import dev.mapwright.asl.expression.Dataflow;
import dev.mapwright.asl.expression.Dataflow.Leaving;
import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.expression.Variables;
import dev.mapwright.asl.expression.jsonpath.JsonPathDataflow;
import dev.mapwright.asl.expression.jsonpath.PassResult;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.interpreter.AssignedSize;
import dev.mapwright.engine.statetest.Tested.Status;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TracedIntegration;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// One state's way from its input to its output, with a look at what it carries on the way.
final class Trial {
    private final StateTest test;
    private final TestContext context;
    private final World world;
    private final Integrations integrations;
    private final Instant deadline;
    private final Scope scope;
    private final Map<String, Object> seen = new LinkedHashMap<>();

    /// Set by the strand that makes the call.
    private final AtomicReference<TracedIntegration.Exchange> traced = new AtomicReference<>();

    /// AWS: a test lasts five minutes at most.
    private static final Duration DURATION_MAX = Duration.ofMinutes(5);

    Trial(StateTest test, TestContext context, World world, Integrations integrations) {
        this.test = test;
        this.context = context;
        this.world = world;
        this.integrations = integrations;
        this.deadline = world.now().plus(DURATION_MAX);
        this.scope = new Scope(
                test.input(),
                Optional.empty(),
                Optional.empty(),
                context::value,
                Variables.NONE.assign(test.variables()),
                world.now(),
                world.random());
    }

    Tested of(State state) throws Refused, InterruptedException {
        seen.put("input", test.input());
        seeVariables(Map.of());
        try {
            return switch (state) {
                case State.Pass pass -> pass(pass);
                case State.Choice choice -> choose(choice);
                case State.Wait wait -> wait(wait);
                case State.Succeed succeed -> {
                    effectiveInput(succeed);
                    yield succeeded(leave(succeed.dataflow(), scope), Optional.empty());
                }
                case State.Fail fail -> fail(fail);
                case State.Task task -> {
                    var work = new TaskTrial(
                            task, test, context, world, integrations, deadline, traced::set);
                    Tested tested =
                            work(task, task.recovery(), task.next(), () -> call(task, work));
                    yield tested.with(Optional.ofNullable(traced.get()));
                }
                case State.Parallel parallel ->
                    work(parallel, parallel.recovery(), parallel.next(), () -> branch(parallel));
                case State.MapState map ->
                    work(map, map.recovery(), map.next(), () -> new MapTrial(
                                    map, test, context, seen)
                            .run(scope));
            };
        } catch (EvaluationFailed problem) {
            return failed(Failure.of(problem.error(), problem.detail()));
        } catch (TaskFailed problem) {
            return failed(problem.failure());
        }
    }

    private Tested pass(State.Pass pass) throws EvaluationFailed, TaskFailed {
        if (pass.dataflow() instanceof JsonPathDataflow paths
                && paths.parameters().isPresent()
                && paths.parameters().get() instanceof PassResult(Json result)) {
            seen.put("result", result);
            return succeeded(leave(paths, scope.withResult(result)), pass.next());
        }
        effectiveInput(pass);
        Json arguments = pass.dataflow().arguments(scope);
        if (pass.dataflow() instanceof JsonPathDataflow) {
            seen.put("afterParameters", arguments);
        }
        return succeeded(leave(pass.dataflow(), scope.withResult(arguments)), pass.next());
    }

    private Tested choose(State.Choice choice) throws EvaluationFailed, TaskFailed {
        Scope fields = effectiveInput(choice);
        for (Rule rule : choice.rules()) {
            if (rule.when().holds(fields)) {
                return succeeded(leave(rule.dataflow(), scope), Optional.of(rule.next()));
            }
        }
        if (choice.otherwise().isEmpty()) {
            throw EvaluationFailed.runtime(
                    "Failed to transition out of the state. The state does not point to a next state.");
        }
        return succeeded(leave(choice.dataflow(), scope), choice.otherwise());
    }

    private Tested wait(State.Wait wait) throws EvaluationFailed, TaskFailed, InterruptedException {
        Scope fields = effectiveInput(wait);
        Instant until =
                switch (wait.until()) {
                    case Until.Seconds(Expression seconds) ->
                        world.now()
                                .plusSeconds(Math.min(
                                        ((Number) seconds.evaluate(fields).value()).longValue(),
                                        DURATION_MAX.toSeconds() + 1));
                    case Until.Timestamp(Expression timestamp) ->
                        OffsetDateTime.parse((String) timestamp.evaluate(fields).value())
                                .toInstant();
                };
        world.sleepUntil(until.isBefore(deadline) ? until : deadline);
        if (until.isAfter(deadline)) {
            throw new TaskFailed(Failure.of("States.Timeout"));
        }
        return succeeded(leave(wait.dataflow(), scope), wait.next());
    }

    private Tested fail(State.Fail fail) throws EvaluationFailed {
        Scope fields = scope.withInput(fail.dataflow().effectiveInput(scope));
        return failed(new Failure(text(fail.error(), fields), text(fail.cause(), fields)));
    }

    private static Optional<String> text(Optional<Expression> field, Scope fields)
            throws EvaluationFailed {
        return field.isEmpty()
                ? Optional.empty()
                : Optional.of((String) field.get().evaluate(fields).value());
    }

    private Json call(State.Task task, TaskTrial work)
            throws EvaluationFailed, TaskFailed, Refused, InterruptedException {
        Scope fields = effectiveInput(task);
        Json arguments = task.dataflow().arguments(scope);
        seen.put(
                task.dataflow() instanceof JsonPathDataflow ? "afterParameters" : "afterArguments",
                arguments);
        Json result = payload(work.run(arguments, fields), task.resource().service());
        seen.put("result", result);
        return result;
    }

    private Json branch(State.Parallel parallel) throws EvaluationFailed, TaskFailed {
        parallel.dataflow().arguments(scope);
        return switch (test.mock().orElseThrow()) {
            case Mock.Result(Json result, Mock.FieldValidation _) -> result;
            case Mock.ErrorOutput(Failure failure) -> throw new TaskFailed(failure);
        };
    }

    /// What Task, Parallel and Map do with the outcome of their work.
    private Tested work(State state, Recovery recovery, Optional<String> next, Work work)
            throws EvaluationFailed, TaskFailed, Refused, InterruptedException {
        try {
            return succeeded(leave(state.dataflow(), scope.withResult(work.run())), next);
        } catch (EvaluationFailed problem) {
            return recover(recovery, Failure.of(problem.error(), problem.detail()));
        } catch (TaskFailed problem) {
            return recover(recovery, problem.failure());
        }
    }

    private Tested recover(Recovery recovery, Failure failure) throws EvaluationFailed, TaskFailed {
        var used = Collections.nCopies(
                recovery.retriers().size(), test.settings().retrierRetryCount());
        return switch (recovery.decide(failure, used, world.random())) {
            case Recovery.Decision.RetryAfter(Duration delay, int retrier) -> {
                var details = new LinkedHashMap<String, Object>();
                details.put("retryIndex", retrier);
                details.put("retryBackoffIntervalSeconds", delay.toSeconds());
                seen.put("errorDetails", details);
                yield tested(
                        Status.RETRIABLE, Optional.empty(), Optional.of(failure), Optional.empty());
            }
            case Recovery.Decision.GoTo(Catcher catcher) -> {
                seen.put(
                        "errorDetails", Map.of("catchIndex", recovery.catchers().indexOf(catcher)));
                Leaving leaving = catcher.dataflow().leave(scope.withError(failure));
                assign(leaving.assigned());
                yield tested(
                        Status.CAUGHT_ERROR,
                        Optional.of(payload(leaving.output(), TestContext.STATE_NAME)),
                        Optional.of(failure),
                        Optional.of(catcher.next()));
            }
            case Recovery.Decision.GiveUp() -> failed(failure);
        };
    }

    /// The scope of the state's own fields.
    private Scope effectiveInput(State state) throws EvaluationFailed {
        Json input = state.dataflow().effectiveInput(scope);
        if (state.dataflow() instanceof JsonPathDataflow) {
            seen.put("afterInputPath", input);
        }
        return scope.withInput(input);
    }

    private Leaving leave(Dataflow dataflow, Scope of) throws EvaluationFailed {
        if (dataflow instanceof JsonPathDataflow paths && of.result().isPresent()) {
            Json selected = paths.select(of);
            seen.put("afterResultSelector", selected);
            Json placed = paths.place(of, selected);
            seen.put("afterResultPath", placed);
            return paths.leave(of, placed);
        }
        return dataflow.leave(of);
    }

    private Tested succeeded(Leaving leaving, Optional<String> next) throws TaskFailed {
        assign(leaving.assigned());
        Json output = payload(leaving.output(), TestContext.STATE_NAME);
        return tested(Status.SUCCEEDED, Optional.of(output), Optional.empty(), next);
    }

    private Tested failed(Failure failure) {
        return tested(Status.FAILED, Optional.empty(), Optional.of(failure), Optional.empty());
    }

    private Tested tested(
            Status status,
            Optional<Json> output,
            Optional<Failure> failure,
            Optional<String> next) {
        return new Tested(status, output, failure, next, seen, Optional.empty());
    }

    private void assign(Map<String, Json> assigned) throws TaskFailed {
        Optional<Failure> excess = AssignedSize.excess(
                TestContext.STATE_NAME, scope.variables(), assigned, Quotas.AWS);
        if (excess.isPresent()) {
            throw new TaskFailed(excess.get());
        }
        seeVariables(assigned);
    }

    /// Shown only if there are any.
    private void seeVariables(Map<String, Json> assigned) {
        var all = new LinkedHashMap<String, Object>();
        scope.variables()
                .assign(assigned)
                .visible()
                .forEach((name, value) -> all.put(name, value.value()));
        if (!all.isEmpty()) {
            seen.put("variables", Json.of(all));
        }
    }

    private static Json payload(Json value, String of) throws TaskFailed {
        if (value.exceeds(Quotas.PAYLOAD_BYTES_MAX)) {
            throw TaskFailed.of(
                    "States.DataLimitExceeded",
                    "The state/task '%s' returned a result with a size exceeding the maximum number of bytes service limit."
                            .formatted(of));
        }
        return value;
    }

    private interface Work {
        Json run() throws EvaluationFailed, TaskFailed, Refused, InterruptedException;
    }
}
