package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.Flavor;
import dev.mapwright.engine.journal.HistoryEvent.Stage;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.HistoryEvent.TaskNotStarted;
import dev.mapwright.engine.journal.HistoryEvent.TaskScheduled;
import dev.mapwright.engine.journal.HistoryEvent.TaskStarted;
import dev.mapwright.engine.journal.HistoryEvent.TaskSubmitted;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One attempt of a Task state that has been scheduled: what is asked, and how its events are
/// named.
///
/// @param line its TaskScheduled
/// @param token under which somebody outside can answer it, where the resource's pattern has one
record ScheduledTask(TaskResource resource, Visit visit, Recorded line, Optional<String> token) {
    /// What AWS records for a missed heartbeat too.
    static final Failure TIMEOUT = Failure.of("States.Timeout");

    /// What a missed heartbeat is to Retry and Catch.
    static final Failure HEARTBEAT_TIMEOUT = Failure.of("States.HeartbeatTimeout");

    Interpreter.Run run() {
        return visit.walk().run();
    }

    TaskScheduled scheduled() {
        return (TaskScheduled) line.entry();
    }

    /// Names the attempt, so that the service recognizes a call that is made again after a crash:
    /// one that goes on finds the event in its journal. An EXPRESS execution has none and begins
    /// again, where branches may come in another order, and events with them.
    String key() {
        Execution execution = run().execution();
        return execution.arn()
                + switch (execution.type()) {
                    case STANDARD -> "#" + line.eventId();
                    case EXPRESS -> "#" + execution.redriveCount() + visit.path();
                };
    }

    TaskRequest request() {
        return new TaskRequest(
                resource,
                scheduled().parameters(),
                key(),
                run().execution().arn(),
                token,
                scheduled().credentialsRoleArn());
    }

    TaskIntegration integration() {
        return run().integrations()
                .find(resource)
                .orElseThrow(
                        () -> new IllegalStateException("refused at creation: " + resource.arn()));
    }

    /// A call on a strand of its own that was given up before it began is not made.
    void checkGivenUp() throws InterruptedException {
        run().world().sleepUntil(Instant.MIN);
    }

    /// When the state's TimeoutSeconds are over, counted from `start`.
    Instant timeout(Instant start) {
        return scheduled().timeoutSeconds().map(start::plusSeconds).orElse(Instant.MAX);
    }

    Optional<Duration> heartbeat() {
        return scheduled().heartbeatSeconds().map(Duration::ofSeconds);
    }

    TaskStarted started(Optional<String> workerName) {
        return new TaskStarted(
                flavor(), scheduled().resourceType(), scheduled().resource(), workerName);
    }

    TaskSubmitted submitted(Json output) {
        return new TaskSubmitted(scheduled().resourceType(), scheduled().resource(), output);
    }

    /// What a call returned ends the task well, unless it is larger than a payload may be.
    Ending result(Json output) {
        Optional<Failure> tooLarge = visit.tooLarge(output, payloadName());
        return tooLarge.isPresent()
                ? new Ending.Failed(tooLarge.get())
                : new Ending.Succeeded(output);
    }

    /// AWS names the resource type where a service returned too much, and the ARN for a bare
    /// function.
    String payloadName() {
        return flavor() == Flavor.TASK ? resource.service() : resource.arn();
    }

    /// The call that was to submit the task failed.
    TaskNotStarted notSubmitted(Failure failure) {
        return new TaskNotStarted(
                flavor(),
                Stage.SUBMIT,
                scheduled().resourceType(),
                scheduled().resource(),
                failure);
    }

    StateFailed failed(TaskNotStarted refused) {
        return StateFailed.inWork(refused.failure(), visit.walk().previousEventId());
    }

    TaskEnded timedOut() {
        return ended(new Ending.TimedOut(TIMEOUT));
    }

    TaskEnded ended(Ending ending) {
        return new TaskEnded(flavor(), scheduled().resourceType(), scheduled().resource(), ending);
    }

    Flavor flavor() {
        return scheduled().flavor();
    }
}
