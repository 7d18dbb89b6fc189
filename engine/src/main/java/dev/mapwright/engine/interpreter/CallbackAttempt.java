package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.Entry;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.HistoryEvent.TaskNotStarted;
import dev.mapwright.engine.journal.HistoryEvent.TaskStarted;
import dev.mapwright.engine.journal.HistoryEvent.TaskSubmitted;
import dev.mapwright.engine.journal.Note.TaskAnswered;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskNews;
import dev.mapwright.engine.world.Strand;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// `.waitForTaskToken`: a call hands the token over, and whoever has it says how the task ended.
///
/// The answer may be there before the call has returned: a queue shows a message a moment before it
/// has thanked for it, and a function can answer while it runs. Then the answer is recorded and
/// stands, and the call's return, if it is about to, is still put before it: so AWS's history has
/// it.
/// https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html
final class CallbackAttempt {
    /// How long a call whose token was answered is given to return.
    private static final Duration RETURN_PATIENCE = Duration.ofSeconds(1);

    private final ScheduledTask task;

    /// Absent where an earlier run made the call.
    private Optional<Strand> call = Optional.empty();

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
            if (first instanceof TaskAnswered(Ending early)) {
                wait.acknowledge();
                awaitReturn(wait);
                return visit.once(TaskEnded.class, () -> task.ended(early));
            }
            if (first instanceof TaskNotStarted refused) {
                throw task.failed(refused);
            }
            TaskEnded ended = first instanceof TaskEnded atOnce
                    ? atOnce
                    : visit.effect(TaskEnded.class, () -> answered(wait));
            wait.acknowledge();
            return ended;
        } finally {
            call.ifPresent(Strand::cancel);
        }
    }

    /// Makes the call, and records what came first: its return, an answer, or the end of the time.
    private Entry submit(TaskWait wait) throws InterruptedException {
        if (wait.isOver()) {
            return wait.timedOut();
        }
        call = Optional.of(task.run().world().start("task " + task.key(), () -> {
            TaskNews outcome = new TaskNews.Broken(
                    new IllegalStateException("the integration of %s broke; the log says how"
                            .formatted(task.resource().arn())));
            try {
                task.checkGivenUp();
                outcome = call();
            } catch (RuntimeException defect) {
                outcome = new TaskNews.Broken(defect);
            } finally {
                wait.mailbox().post(outcome);
            }
        }));
        Optional<TaskNews> news = wait.next();
        if (news.isEmpty()) {
            return wait.timedOut();
        }
        if (news.get() instanceof TaskNews.Submitted(Json output)) {
            return task.submitted(output);
        }
        if (news.get() instanceof TaskNews.Failed(Failure failure) && !wait.isAnswered()) {
            return task.notSubmitted(failure);
        }
        return new TaskAnswered(wait.ended(news.get()).ending());
    }

    /// Nothing but a return matters here: another answer comes too late. After a crash there is
    /// nothing to wait for.
    private void awaitReturn(TaskWait wait) throws StateFailed, InterruptedException {
        Visit visit = task.visit();
        if (visit.recorded(TaskSubmitted.class).isEmpty() && call.isPresent()) {
            Instant patience = visit.now().plus(RETURN_PATIENCE);
            Optional<TaskNews> news = wait.next(patience);
            while (news.isPresent() && wait.isAnswered()) {
                news = wait.next(patience);
            }
            if (news.isPresent() && news.get() instanceof TaskNews.Submitted(Json output)) {
                visit.once(TaskSubmitted.class, () -> task.submitted(output));
            }
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
