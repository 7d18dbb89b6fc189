package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.task.TaskMailbox;
import dev.mapwright.engine.task.TaskMailbox.Letter;
import dev.mapwright.engine.task.TaskMailbox.Reply;
import dev.mapwright.engine.task.TaskNews;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Waits for what somebody outside says about a task, until one of its clocks has run out.
///
/// Heartbeats are not recorded. After a restart the first one is awaited for a whole interval
/// anew: nobody could have been heard in between.
/// https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html
final class TaskWait implements AutoCloseable {
    private final ScheduledTask task;
    private final String token;
    private final TaskMailbox mailbox;
    private Instant timeout = Instant.MAX;
    private Optional<Duration> heartbeat = Optional.empty();
    private Instant heartbeatDue = Instant.MAX;
    private Optional<Letter> heeded = Optional.empty();

    /// From here on the token can be answered.
    TaskWait(ScheduledTask task) {
        this.task = task;
        this.token = task.token().orElseThrow();
        this.mailbox = task.run().callbacks().tokens().open(token);
    }

    TaskMailbox mailbox() {
        return mailbox;
    }

    void timeOutAt(Instant time) {
        timeout = time;
    }

    void expectHeartbeats() {
        heartbeat = task.heartbeat();
        restartHeartbeat();
    }

    private void restartHeartbeat() {
        heartbeatDue = heartbeat.map(task.visit().now()::plus).orElse(Instant.MAX);
    }

    /// The next news but heartbeats; empty when a clock has run out.
    Optional<TaskNews> next() throws InterruptedException {
        return next(Instant.MAX);
    }

    /// The next news but heartbeats; empty when `until` has passed or a clock has run out.
    Optional<TaskNews> next(Instant until) throws InterruptedException {
        while (true) {
            Instant limit = earlier(until, earlier(timeout, heartbeatDue));
            Optional<Letter> letter = task.run().take(mailbox.inbox(), limit);
            if (letter.isEmpty()) {
                return Optional.empty();
            }
            if (!(letter.get().news() instanceof TaskNews.Heartbeat)) {
                heeded = letter;
                return letter.map(Letter::news);
            }
            restartHeartbeat();
            mailbox.answer(letter.get(), Reply.DONE);
        }
    }

    /// Whether the news that were heeded last came from somebody outside, who waits to hear.
    boolean isAnswered() {
        return heeded.flatMap(Letter::sender).isPresent();
    }

    /// Whether a clock has run out.
    boolean isOver() {
        return !task.visit().now().isBefore(earlier(timeout, heartbeatDue));
    }

    /// The attempt's ending, where there was no news in time.
    TaskEnded timedOut() {
        return timeout.isAfter(heartbeatDue)
                ? task.ended(new Ending.TimedOut(ScheduledTask.HEARTBEAT_TIMEOUT))
                : task.timedOut();
    }

    /// The attempt's ending, where these news are one.
    TaskEnded ended(TaskNews news) {
        return switch (news) {
            case TaskNews.Succeeded(Json output) -> task.ended(new Ending.Succeeded(output));
            case TaskNews.Failed(Failure failure) -> task.ended(new Ending.Failed(failure));
            case TaskNews.Broken(RuntimeException defect) -> throw defect;
            case TaskNews.Heartbeat _, TaskNews.Taken _, TaskNews.Submitted _ ->
                throw new IllegalStateException("expected news that end a task, found " + news);
        };
    }

    /// Tells the sender of the news that were heeded last, once what came of them is durable.
    void acknowledge() throws InterruptedException {
        if (heeded.isPresent()) {
            task.run().journal().commit();
            mailbox.answer(heeded.get(), Reply.DONE);
            heeded = Optional.empty();
        }
    }

    /// Whoever still waits for an answer is too late; or asks the next process, if this one stops.
    @Override
    public void close() {
        boolean stopping = task.run()
                .halt()
                .why()
                .filter(Interruption.ShuttingDown.class::isInstance)
                .isPresent();
        task.run().callbacks().tokens().close(token, stopping ? Reply.LEAVING : Reply.OVER);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
