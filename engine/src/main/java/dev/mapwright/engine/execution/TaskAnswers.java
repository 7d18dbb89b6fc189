package dev.mapwright.engine.execution;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Cursor;
import dev.mapwright.engine.journal.Entry;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.HistoryEvent.TaskNotStarted;
import dev.mapwright.engine.journal.Note.TaskAnswered;
import dev.mapwright.engine.journal.Note.TokenIssued;
import dev.mapwright.engine.journal.Position;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.task.TaskMailbox;
import dev.mapwright.engine.task.TaskNews;
import dev.mapwright.engine.task.TaskToken;
import dev.mapwright.engine.task.TaskTokens;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat: answers to tasks that wait. Each returns
/// once the task's outcome is durable.
public final class TaskAnswers {
    /// How long an answer waits for its execution, which a restart may have left behind.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

    private final World world;
    private final Store store;
    private final TaskTokens tokens;

    TaskAnswers(World world, Store store, TaskTokens tokens) {
        this.world = world;
        this.store = store;
        this.tokens = tokens;
    }

    public void succeed(String token, Json output) throws Refused, InterruptedException {
        answer(token, new TaskNews.Succeeded(output));
    }

    public void fail(String token, Failure failure) throws Refused, InterruptedException {
        answer(token, new TaskNews.Failed(failure));
    }

    public void heartbeat(String token) throws Refused, InterruptedException {
        answer(token, new TaskNews.Heartbeat());
    }

    private void answer(String token, TaskNews news) throws Refused, InterruptedException {
        switch (mailbox(token, parsed(token)).send(news)) {
            case DONE -> {}
            case OVER -> throw over();
            case LEAVING -> throw new InterruptedException("the engine stops");
        }
    }

    /// Refuses what can't be a token of any task; AWS looks at this before anything else.
    public static void check(String token) throws Refused {
        parsed(token);
    }

    private static TaskToken parsed(String token) throws Refused {
        return TaskToken.parse(token)
                .orElseThrow(() -> new Refused("InvalidToken", "Invalid Token: 'Invalid token'"));
    }

    /// After a restart an execution may not have come to its task again when the answer arrives:
    /// its journal says whether it will.
    private TaskMailbox mailbox(String token, TaskToken named)
            throws Refused, InterruptedException {
        Instant patience = world.now().plus(PATIENCE);
        Duration pause = FIRST_PAUSE;
        Optional<TaskMailbox> known = tokens.find(token);
        while (known.isEmpty()) {
            Execution execution = store.execution(named.executionArn())
                    .orElseThrow(() -> new Refused(
                            "TaskDoesNotExist",
                            "Task Does Not Exist: 'Provided task does not exist anymore'"));
            if (execution.status().hasEnded() || !isOpen(token, named)) {
                throw over();
            }
            if (world.now().isAfter(patience)) {
                throw new IllegalStateException(
                        "expected %s to wait at the task of a token, but it did not come there in %s"
                                .formatted(execution.arn(), PATIENCE));
            }
            world.sleepUntil(world.now().plus(pause));
            pause = pause.multipliedBy(2);
            known = tokens.find(token);
        }
        return known.get();
    }

    private boolean isOpen(String token, TaskToken named) {
        Cursor cursor = Cursor.fold(new JournalPages(store, named.executionArn()));
        return cursor.positions().values().stream()
                .anyMatch(position -> position instanceof Position.Inside inside
                        && isOpen(token, inside.visit()));
    }

    /// Whether the visit has issued the token, and it was not answered and no attempt ended since.
    private static boolean isOpen(String token, List<Recorded> visit) {
        boolean open = false;
        for (Recorded line : visit) {
            Entry entry = line.entry();
            if (entry instanceof TokenIssued issued) {
                open = issued.token().equals(token);
            } else if (entry instanceof TaskEnded
                    || entry instanceof TaskNotStarted
                    || entry instanceof TaskAnswered) {
                open = false;
            }
        }
        return open;
    }

    /// AWS answers so to whatever comes after a task's end, however it ended.
    private static Refused over() {
        return new Refused(
                "TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
    }
}
