package dev.mapwright.engine.statetest;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.engine.task.TracedIntegration;
import dev.mapwright.engine.world.LeavableCall;
import dev.mapwright.engine.world.World;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The work of a Task state: the mock's outcome, or a real call.
///
/// @param trace takes what was said to the service and what it answered, where that can be shown
record TaskTrial(
        State.Task task,
        StateTest test,
        TestContext context,
        World world,
        Integrations integrations,
        Instant deadline,
        Consumer<TracedIntegration.Exchange> trace) {

    Json run(Json arguments, Scope fields)
            throws EvaluationFailed, TaskFailed, Refused, InterruptedException {
        Instant until = until(fields);
        Optional<String> role = role(fields);
        if (test.mock().isPresent()) {
            return switch (test.mock().get()) {
                case Mock.Result(Json result, Mock.FieldValidation _) -> result;
                case Mock.ErrorOutput(Failure failure) -> throw new TaskFailed(failure);
            };
        }
        TaskIntegration integration = integrations
                .find(task.resource())
                .orElseThrow(() -> new Refused(
                        "InvalidDefinition",
                        integrations.absence(task.resource()) + ": it needs a mock."));
        return call(
                integration,
                new TaskRequest(
                        task.resource(),
                        arguments,
                        world.uuid().toString(),
                        context.executionArn(),
                        Optional.empty(),
                        role),
                until);
    }

    private Instant until(Scope fields) throws EvaluationFailed {
        if (task.timeoutSeconds().isEmpty()) {
            return deadline;
        }
        Expression seconds = task.timeoutSeconds().get();
        Instant own =
                world.now().plusSeconds(((Number) seconds.evaluate(fields).value()).longValue());
        return own.isBefore(deadline) ? own : deadline;
    }

    private Optional<String> role(Scope fields) throws EvaluationFailed {
        if (task.credentials().isEmpty()) {
            return Optional.empty();
        }
        Json credentials = task.credentials().get().evaluate(fields);
        if (credentials.value() instanceof Map<?, ?> members
                && members.get("RoleArn") instanceof String arn) {
            return Optional.of(arn);
        }
        throw EvaluationFailed.runtime(
                "The Credentials must hold a RoleArn, but were: " + credentials.text());
    }

    /// Given up when the time is over.
    private Json call(TaskIntegration integration, TaskRequest request, Instant until)
            throws TaskFailed, InterruptedException {
        String name = "test of " + request.idempotencyKey();
        Outcome outcome = new LeavableCall<>(world, name, () -> outcome(integration, request))
                .returned(until)
                .orElseThrow(() -> new TaskFailed(Failure.of("States.Timeout")));
        return switch (outcome) {
            case Returned(Json result) -> result;
            case Broken(TaskFailed failed) -> throw failed;
        };
    }

    private Outcome outcome(TaskIntegration integration, TaskRequest request)
            throws InterruptedException {
        try {
            return new Returned(
                    integration instanceof TracedIntegration traced
                            ? traced.call(request, trace)
                            : integration.call(request));
        } catch (TaskFailed failed) {
            return new Broken(failed);
        }
    }

    private sealed interface Outcome {}

    private record Returned(Json result) implements Outcome {}

    private record Broken(TaskFailed failed) implements Outcome {}
}
