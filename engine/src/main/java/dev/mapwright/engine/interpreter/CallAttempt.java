package dev.mapwright.engine.interpreter;

import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.HistoryEvent.TaskStarted;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;

import java.time.Instant;
import java.util.Optional;

/// Request and response: the call's result is the task's.
final class CallAttempt {
    private final ScheduledTask task;

    CallAttempt(ScheduledTask task) {
        this.task = task;
    }

    TaskEnded run() throws StateFailed, InterruptedException {
        task.visit().once(TaskStarted.class, () -> task.started(Optional.empty()));
        return task.visit().effect(TaskEnded.class, this::call);
    }

    /// Where time is limited, makes the call on a strand of its own, to be given up when the time
    /// is over.
    private TaskEnded call() throws InterruptedException {
        Interpreter.Run run = task.run();
        Instant timeout = task.timeout(task.line().at());
        if (timeout == Instant.MAX && run.deadline() == Instant.MAX) {
            return outcome();
        }
        if (!task.visit().now().isBefore(timeout)) {
            return task.timedOut();
        }
        Inbox<Optional<TaskEnded>> inbox = run.world().inbox();
        Strand strand = run.world().start("task " + task.key(), () -> {
            Optional<TaskEnded> outcome = Optional.empty();
            try {
                task.checkGivenUp();
                outcome = Optional.of(outcome());
            } finally {
                inbox.put(outcome);
            }
        });
        try {
            Optional<Optional<TaskEnded>> answer = run.take(inbox, timeout);
            return answer.isEmpty()
                    ? task.timedOut()
                    : answer.get()
                            .orElseThrow(() -> new IllegalStateException(
                                    "the integration of %s broke; the log says how"
                                            .formatted(task.resource().arn())));
        } finally {
            strand.cancel();
        }
    }

    private TaskEnded outcome() throws InterruptedException {
        try {
            return task.ended(task.result(task.integration().call(task.request())));
        } catch (TaskFailed failed) {
            return task.ended(new Ending.Failed(failed.failure()));
        }
    }
}
