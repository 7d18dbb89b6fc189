package dev.mapwright.engine.interpreter;

import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.HistoryEvent.TaskStarted;
import dev.mapwright.engine.task.PunctualIntegration;
import dev.mapwright.engine.task.TaskFailed;

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

    private TaskEnded call() throws InterruptedException {
        Instant timeout = task.timeout(task.line().at());
        Optional<TaskEnded> ended = task.integration() instanceof PunctualIntegration punctual
                ? outcome(punctual, timeout)
                : new TimedCall(task, timeout).make(this::outcome);
        return ended.orElseGet(task::timedOut);
    }

    /// Makes the call right here: the integration keeps an eye on the time. Empty when the task's
    /// time is over first.
    private Optional<TaskEnded> outcome(PunctualIntegration integration, Instant timeout)
            throws InterruptedException {
        if (!task.visit().now().isBefore(timeout)) {
            return Optional.empty();
        }
        task.checkGivenUp();
        try {
            return task.run()
                    .await((Instant until) -> integration.call(task.request(), until), timeout)
                    .map(output -> task.ended(task.result(output)));
        } catch (TaskFailed failed) {
            return Optional.of(task.ended(new Ending.Failed(failed.failure())));
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
