package dev.mapwright.engine.interpreter;

import dev.mapwright.engine.journal.Entry;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.task.ActivityTasks.Offer;
import dev.mapwright.engine.task.TaskNews;

import java.util.Optional;

/// An activity: the task waits for a worker to take it, and then for the worker's answer. Its
/// clocks start when it is taken; before that it waits as long as the execution lasts.
/// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html
final class ActivityAttempt {
    private final ScheduledTask task;

    ActivityAttempt(ScheduledTask task) {
        this.task = task;
    }

    TaskEnded run() throws StateFailed, InterruptedException {
        Visit visit = task.visit();
        try (var wait = new TaskWait(task)) {
            Recorded first = visit.effectLine(Entry.class, () -> taken(wait));
            wait.acknowledge();
            if (first.entry() instanceof TaskEnded early) {
                return early;
            }
            wait.timeOutAt(task.timeout(first.at()));
            wait.expectHeartbeats();
            TaskEnded ended = visit.effect(TaskEnded.class, () -> answered(wait));
            wait.acknowledge();
            return ended;
        }
    }

    /// The token is part of the context, so the task can be answered before a worker has it.
    private Entry taken(TaskWait wait) throws InterruptedException {
        var activities = task.run().callbacks().activities();
        var offer = new Offer(
                task.token().orElseThrow(), task.scheduled().parameters(), wait.mailbox());
        activities.offer(task.resource().arn(), offer);
        try {
            TaskNews news = wait.next().orElseThrow();
            return news instanceof TaskNews.Taken(Optional<String> workerName)
                    ? task.started(workerName)
                    : wait.ended(news);
        } finally {
            activities.withdraw(task.resource().arn(), offer);
        }
    }

    private TaskEnded answered(TaskWait wait) throws InterruptedException {
        Optional<TaskNews> news = wait.next();
        return news.isPresent() ? wait.ended(news.get()) : wait.timedOut();
    }
}
