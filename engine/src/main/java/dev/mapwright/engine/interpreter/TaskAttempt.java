package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.Flavor;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.HistoryEvent.TaskScheduled;
import dev.mapwright.engine.journal.Note.TokenIssued;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.task.TaskToken;

import java.util.Map;
import java.util.Optional;

/// One try at a Task state: schedules it, has it done as its resource's pattern says, and takes
/// the result.
final class TaskAttempt {
    private final State.Task task;
    private final Visit visit;
    private final TaskResource resource;
    private final Interpreter.Run run;

    TaskAttempt(State.Task task, Visit visit) {
        this.task = task;
        this.visit = visit;
        this.resource = task.resource();
        this.run = visit.walk().run();
    }

    Json run() throws StateFailed, InterruptedException {
        Optional<String> token = token();
        Recorded line = visit.line(TaskScheduled.class, this::schedule);
        var scheduled = new ScheduledTask(resource, visit, line, token);
        TaskEnded ended =
                switch (resource.pattern()) {
                    case REQUEST_RESPONSE ->
                        isActivity()
                                ? new ActivityAttempt(scheduled).run()
                                : new CallAttempt(scheduled).run();
                    case RUN_A_JOB, RUN_A_JOB_2 -> new JobAttempt(scheduled).run();
                    case WAIT_FOR_TOKEN -> new CallbackAttempt(scheduled).run();
                };
        return switch (ended.ending()) {
            case Ending.Succeeded(Json output) -> visit.payload(output, scheduled.payloadName());
            case Ending.Failed(Failure failure) -> throw failed(failure);
            case Ending.TimedOut(Failure failure) -> throw timedOut(failure);
            case Ending.Aborted(Failure failure) -> throw failed(failure);
        };
    }

    private StateFailed failed(Failure failure) {
        return StateFailed.inWork(failure, visit.walk().previousEventId());
    }

    private StateFailed timedOut(Failure failure) {
        return failure.equals(ScheduledTask.HEARTBEAT_TIMEOUT)
                ? StateFailed.known(ScheduledTask.TIMEOUT, failure, visit.walk().previousEventId())
                : failed(failure);
    }

    /// Part of the context from here on, `$$.Task.Token`: so it is issued before the arguments are
    /// evaluated.
    private Optional<String> token() throws StateFailed, InterruptedException {
        if (resource.pattern() == TaskResource.Pattern.REQUEST_RESPONSE && !isActivity()) {
            return Optional.empty();
        }
        TokenIssued issued = visit.once(
                TokenIssued.class,
                () -> new TokenIssued(
                        new TaskToken(run.execution().arn(), run.world().uuid()).text()));
        visit.hold(issued.token());
        return Optional.of(issued.token());
    }

    private TaskScheduled schedule() throws StateFailed {
        if (isActivity() && !run.callbacks().activities().hasActivity(resource.arn())) {
            throw visit.runtime("The activity %s does not exist.".formatted(resource.arn()));
        }
        Scope scope = visit.scope();
        Scope fields = visit.evaluate(() -> scope.withInput(task.dataflow().effectiveInput(scope)));
        Optional<Long> timeout = seconds(task.timeoutSeconds(), fields);
        Optional<Long> heartbeat = seconds(task.heartbeatSeconds(), fields);
        Optional<String> role = role(fields);
        Json arguments = visit.evaluate(() -> task.dataflow().arguments(scope));
        return new TaskScheduled(
                flavor(),
                resource.service(),
                resource.actionWithPattern(),
                visit.payload(arguments, task.name()),
                timeout,
                heartbeat,
                role);
    }

    /// `Credentials` yields `{"RoleArn": …}`.
    private Optional<String> role(Scope fields) throws StateFailed {
        if (task.credentials().isEmpty()) {
            return Optional.empty();
        }
        Json credentials = visit.evaluate(() -> task.credentials().get().evaluate(fields));
        if (credentials.value() instanceof Map<?, ?> members
                && members.get("RoleArn") instanceof String arn) {
            return Optional.of(arn);
        }
        throw visit.runtime("The Credentials must hold a RoleArn, but were: " + credentials.text());
    }

    private Optional<Long> seconds(Optional<Expression> field, Scope scope) throws StateFailed {
        return field.isEmpty()
                ? Optional.empty()
                : Optional.of(((Number) visit.evaluate(() -> field.get().evaluate(scope))
                                .value())
                        .longValue());
    }

    private boolean isActivity() {
        return resource.service().equals(TaskResource.ACTIVITY);
    }

    private Flavor flavor() {
        return switch (resource.service()) {
            case TaskResource.FUNCTION -> Flavor.LAMBDA;
            case TaskResource.ACTIVITY -> Flavor.ACTIVITY;
            default -> Flavor.TASK;
        };
    }
}
