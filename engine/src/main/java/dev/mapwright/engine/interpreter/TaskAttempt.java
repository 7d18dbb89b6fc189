package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.Entry;
import dev.mapwright.engine.journal.HistoryEvent.Flavor;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.HistoryEvent.TaskScheduled;
import dev.mapwright.engine.journal.HistoryEvent.TaskStarted;
import dev.mapwright.engine.journal.HistoryEvent.TaskSubmitted;
import dev.mapwright.engine.journal.Note.JobStarted;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.task.JobIntegration;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One call of a Task state: scheduled, started, ended.
final class TaskAttempt {
    private static final Duration FIRST_POLL = Duration.ofMillis(50);
    private static final Duration POLL_INTERVAL_MAX = Duration.ofSeconds(1);

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
        Recorded line = visit.line(TaskScheduled.class, this::schedule);
        var scheduled = (TaskScheduled) line.entry();
        visit.once(
                TaskStarted.class,
                () -> new TaskStarted(flavor(), type(), action(), Optional.empty()));
        TaskRequest request = new TaskRequest(
                resource,
                scheduled.parameters(),
                run.execution().arn() + "#" + line.eventId(),
                run.execution().arn(),
                Optional.empty(),
                scheduled.credentialsRoleArn());
        Instant deadline =
                scheduled.timeoutSeconds().map(line.at()::plusSeconds).orElse(Instant.MAX);
        TaskEnded ended =
                switch (resource.pattern()) {
                    case REQUEST_RESPONSE ->
                        visit.effect(TaskEnded.class, () -> call(request, deadline));
                    case RUN_A_JOB, RUN_A_JOB_2 -> runJob(request, deadline);
                    case WAIT_FOR_TOKEN ->
                        throw new IllegalStateException("refused at creation: " + resource.arn());
                };
        return switch (ended.ending()) {
            case Ending.Succeeded(Json output) -> visit.payload(output, payloadName());
            case Ending.Failed(Failure failure) -> throw failed(failure);
            case Ending.TimedOut(Failure failure) -> throw failed(failure);
            case Ending.Aborted(Failure failure) -> throw failed(failure);
        };
    }

    private StateFailed failed(Failure failure) {
        return StateFailed.inWork(failure, visit.walk().previousEventId());
    }

    private TaskScheduled schedule() throws StateFailed {
        Scope scope = visit.scope();
        Scope fields = visit.evaluate(() -> scope.withInput(task.dataflow().effectiveInput(scope)));
        Optional<Long> timeout = seconds(task.timeoutSeconds(), fields);
        Optional<Long> heartbeat = seconds(task.heartbeatSeconds(), fields);
        Optional<String> role = role(fields);
        Json arguments = visit.evaluate(() -> task.dataflow().arguments(scope));
        return new TaskScheduled(
                flavor(),
                type(),
                action(),
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

    /// Makes the call on a strand of its own, to be given up when the time is over.
    private TaskEnded call(TaskRequest request, Instant deadline) throws InterruptedException {
        TaskIntegration integration = integration();
        if (deadline == Instant.MAX && run.deadline() == Instant.MAX) {
            return outcome(() -> integration.call(request));
        }
        if (!visit.now().isBefore(deadline)) {
            return timedOut();
        }
        Inbox<Optional<TaskEnded>> inbox = run.world().inbox();
        Strand strand = run.world().start("task " + request.idempotencyKey(), () -> {
            Optional<TaskEnded> outcome = Optional.empty();
            try {
                outcome = Optional.of(outcome(() -> integration.call(request)));
            } finally {
                inbox.put(outcome);
            }
        });
        try {
            Optional<Optional<TaskEnded>> answer = inbox.take(earlier(deadline, run.deadline()));
            if (answer.isPresent()) {
                return answer.get()
                        .orElseThrow(() -> new IllegalStateException(
                                "the integration of %s broke; the log says how"
                                        .formatted(resource.arn())));
            }
        } finally {
            strand.cancel();
        }
        run.checkDeadline();
        return timedOut();
    }

    private TaskEnded runJob(TaskRequest request, Instant deadline)
            throws StateFailed, InterruptedException {
        if (!(integration() instanceof JobIntegration integration)) {
            throw new IllegalStateException("refused at creation: " + resource.arn());
        }
        Entry begun = visit.effect(Entry.class, () -> {
            try {
                JobIntegration.Job job = integration.start(request);
                return new JobStarted(job.id(), job.submitted());
            } catch (TaskFailed failed) {
                return ended(new Ending.Failed(failed.failure()));
            }
        });
        if (begun instanceof TaskEnded refused) {
            return refused;
        }
        var job = (JobStarted) begun;
        visit.once(TaskSubmitted.class, () -> new TaskSubmitted(type(), action(), job.submitted()));
        return visit.effect(
                TaskEnded.class, () -> await(integration, job.jobId(), request, deadline));
    }

    private TaskEnded await(
            JobIntegration integration, String jobId, TaskRequest request, Instant deadline)
            throws InterruptedException {
        try {
            for (Duration pause = FIRST_POLL;
                    ;
                    pause = shorter(pause.multipliedBy(2), POLL_INTERVAL_MAX)) {
                Optional<Json> result = integration.poll(jobId, request);
                if (result.isPresent()) {
                    return ended(new Ending.Succeeded(result.get()));
                }
                Instant next = visit.now().plus(pause);
                if (next.isAfter(deadline)) {
                    run.sleepUntil(deadline);
                    integration.cancel(jobId, request);
                    return timedOut();
                }
                run.sleepUntil(next);
            }
        } catch (TaskFailed failed) {
            return ended(new Ending.Failed(failed.failure()));
        } catch (InterruptedException interrupted) {
            if (isGivenUp()) {
                cancelQuietly(integration, jobId, request);
            }
            throw interrupted;
        }
    }

    /// Stopped, or a sibling failed; a shutdown leaves the job running and asks about it after the
    /// restart.
    private boolean isGivenUp() {
        return run.halt().why().map(why -> why instanceof Interruption.Stopped).orElse(true);
    }

    /// AWS: stopping an execution attempts to stop its job, best effort.
    private void cancelQuietly(JobIntegration integration, String jobId, TaskRequest request)
            throws InterruptedException {
        try {
            integration.cancel(jobId, request);
        } catch (TaskFailed _) {
            // The state is over whether or not the job could be stopped.
        }
    }

    private TaskEnded outcome(Call call) throws InterruptedException {
        try {
            return ended(new Ending.Succeeded(call.make()));
        } catch (TaskFailed failed) {
            return ended(new Ending.Failed(failed.failure()));
        }
    }

    private TaskEnded timedOut() {
        return ended(new Ending.TimedOut(Failure.of("States.Timeout")));
    }

    private TaskEnded ended(Ending ending) {
        return new TaskEnded(flavor(), type(), action(), ending);
    }

    private TaskIntegration integration() {
        return run.integrations()
                .find(resource)
                .orElseThrow(
                        () -> new IllegalStateException("refused at creation: " + resource.arn()));
    }

    private Flavor flavor() {
        return switch (resource.service()) {
            case TaskResource.FUNCTION -> Flavor.LAMBDA;
            case TaskResource.ACTIVITY -> Flavor.ACTIVITY;
            default -> Flavor.TASK;
        };
    }

    private String type() {
        return resource.service();
    }

    private String action() {
        return resource.actionWithPattern();
    }

    /// AWS names the resource type where a service returned too much, and the ARN for a bare
    /// function.
    private String payloadName() {
        return flavor() == Flavor.TASK ? type() : resource.arn();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private interface Call {
        Json make() throws TaskFailed, InterruptedException;
    }
}
