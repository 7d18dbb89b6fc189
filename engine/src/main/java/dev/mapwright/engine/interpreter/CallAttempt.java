package dev.mapwright.engine.interpreter;

import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.HistoryEvent.TaskStarted;
import dev.mapwright.engine.task.TaskFailed;

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
        return new TimedCall(task, task.timeout(task.line().at()))
                .make(this::outcome)
                .orElseGet(task::timedOut);
    }

    private TaskEnded outcome() throws InterruptedException {
        try {
            return task.ended(task.result(task.integration().call(task.request())));
        } catch (TaskFailed failed) {
            return task.ended(new Ending.Failed(failed.failure()));
        }
    }
}
