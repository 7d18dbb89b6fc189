package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Entry;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.HistoryEvent.TaskStarted;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskNews;
import dev.mapwright.engine.world.Strand;

import java.util.Optional;

/// `.waitForTaskToken`: a call hands the token over, and whoever has it says how the task ended.
/// https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html
final class CallbackAttempt {
    private final ScheduledTask task;

    CallbackAttempt(ScheduledTask task) {
        this.task = task;
    }

    TaskEnded run() throws StateFailed, InterruptedException {
        Visit visit = task.visit();
        visit.once(TaskStarted.class, () -> task.started(Optional.empty()));
        try (var wait = new TaskWait(task)) {
            wait.timeOutAt(task.timeout(task.line().at()));
            wait.expectHeartbeats();
            Entry first = visit.effect(Entry.class, () -> submit(wait));
            TaskEnded ended = first instanceof TaskEnded early
                    ? early
                    : visit.effect(TaskEnded.class, () -> answered(wait));
            wait.acknowledge();
            return ended;
        }
    }

    /// Makes the call. The answer may be there before the call has returned, for a function can
    /// send it while it runs: then it stands, and the call does not matter any more.
    private Entry submit(TaskWait wait) throws InterruptedException {
        if (wait.isOver()) {
            return wait.timedOut();
        }
        Strand strand = task.run().world().start("task " + task.key(), () -> {
            TaskNews outcome = new TaskNews.Broken();
            try {
                task.checkGivenUp();
                outcome = call();
            } finally {
                wait.mailbox().post(outcome);
            }
        });
        try {
            Optional<TaskNews> news = wait.next();
            if (news.isEmpty()) {
                return wait.timedOut();
            }
            return news.get() instanceof TaskNews.Submitted(Json output)
                    ? task.submitted(output)
                    : wait.ended(news.get());
        } finally {
            strand.cancel();
        }
    }

    private TaskNews call() throws InterruptedException {
        try {
            return new TaskNews.Submitted(task.integration().call(task.request()));
        } catch (TaskFailed failed) {
            return new TaskNews.Failed(failed.failure());
        }
    }

    private TaskEnded answered(TaskWait wait) throws InterruptedException {
        Optional<TaskNews> news = wait.next();
        return news.isPresent() ? wait.ended(news.get()) : wait.timedOut();
    }
}
