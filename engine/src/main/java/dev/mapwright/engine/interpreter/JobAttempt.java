package dev.mapwright.engine.interpreter;

import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.Entry;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.HistoryEvent.TaskNotStarted;
import dev.mapwright.engine.journal.HistoryEvent.TaskStarted;
import dev.mapwright.engine.journal.HistoryEvent.TaskSubmitted;
import dev.mapwright.engine.journal.Note.JobStarted;
import dev.mapwright.engine.task.JobIntegration;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskNews;
import dev.mapwright.engine.task.TaskRequest;

import java.time.Duration;
import java.util.Optional;

/// `.sync`: starts a job and waits until it ends. A job that was given the task's token may end
/// the task by that as well, and then runs on.
/// https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html
final class JobAttempt {
    private static final Duration FIRST_POLL = Duration.ofMillis(50);

    private final ScheduledTask task;
    private final TaskRequest request;
    private final JobIntegration integration;
    private final TimedCall timed;

    JobAttempt(ScheduledTask task) {
        this.task = task;
        this.request = task.request();
        if (!(task.integration() instanceof JobIntegration runsJobs)) {
            throw new IllegalStateException(
                    "refused at creation: " + task.resource().arn());
        }
        this.integration = runsJobs;
        this.timed = new TimedCall(task, task.timeout(task.line().at()));
    }

    TaskEnded run() throws StateFailed, InterruptedException {
        Visit visit = task.visit();
        visit.once(TaskStarted.class, () -> task.started(Optional.empty()));
        try (var wait = new TaskWait(task)) {
            wait.timeOutAt(timed.timeout());
            Entry begun = visit.effect(
                    Entry.class, () -> timed.make(this::begin).orElseGet(wait::timedOut));
            if (begun instanceof TaskEnded early) {
                return early;
            }
            if (begun instanceof TaskNotStarted refused) {
                throw task.failed(refused);
            }
            var job = (JobStarted) begun;
            visit.once(TaskSubmitted.class, () -> task.submitted(job.submitted()));
            TaskEnded ended = awaited(job.jobId(), wait);
            wait.acknowledge();
            return ended;
        }
    }

    private Entry begin() throws InterruptedException {
        try {
            JobIntegration.Job job = integration.start(request);
            return new JobStarted(job.id(), job.submitted());
        } catch (TaskFailed failed) {
            return task.notSubmitted(failed.failure());
        }
    }

    /// AWS: an execution that is over before its job attempts to stop it, best effort.
    private TaskEnded awaited(String jobId, TaskWait wait)
            throws StateFailed, InterruptedException {
        try {
            return task.visit().effect(TaskEnded.class, () -> await(jobId, wait));
        } catch (DeadlinePassed passed) {
            cancel(jobId);
            throw passed;
        } catch (InterruptedException interrupted) {
            if (isGivenUp()) {
                cancel(jobId);
            }
            throw interrupted;
        }
    }

    private TaskEnded await(String jobId, TaskWait wait) throws InterruptedException {
        for (Duration pause = FIRST_POLL;
                ;
                pause = shorter(pause.multipliedBy(2), integration.pollIntervalMax())) {
            Optional<TaskEnded> ended = timed.make(() -> asked(jobId)).flatMap(answer -> answer);
            if (ended.isPresent()) {
                return ended.get();
            }
            Optional<TaskNews> news = wait.next(task.visit().now().plus(pause));
            if (news.isPresent()) {
                return wait.ended(news.get());
            }
            if (wait.isOver()) {
                cancel(jobId);
                return wait.timedOut();
            }
        }
    }

    /// The attempt's ending, if the job has ended.
    private Optional<TaskEnded> asked(String jobId) throws InterruptedException {
        try {
            return integration
                    .poll(jobId, request)
                    .map(result -> task.ended(new Ending.Succeeded(result)));
        } catch (TaskFailed failed) {
            return Optional.of(task.ended(new Ending.Failed(failed.failure())));
        }
    }

    /// Stopped, or a sibling failed; a shutdown leaves the job running and asks about it after the
    /// restart.
    private boolean isGivenUp() {
        return task.run()
                .halt()
                .why()
                .map(why -> why instanceof Interruption.Stopped)
                .orElse(true);
    }

    /// A sibling whose time is over at the same moment interrupts this once.
    private void cancel(String jobId) throws InterruptedException {
        try {
            cancelOnce(jobId);
        } catch (InterruptedException interrupted) {
            if (isGivenUp()) {
                cancelOnce(jobId);
            }
            throw interrupted;
        }
    }

    private void cancelOnce(String jobId) throws InterruptedException {
        try {
            integration.cancel(jobId, request);
        } catch (TaskFailed _) {
            // The state is over whether or not the job could be stopped.
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
