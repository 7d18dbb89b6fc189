package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.Flavor;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.HistoryEvent.TaskNotStarted;
import dev.mapwright.engine.journal.HistoryEvent.TaskScheduled;
import dev.mapwright.engine.journal.HistoryEvent.TaskStarted;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.task.TaskListener;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Tells a [TaskListener] of the attempts at one Task state. What an earlier run recorded only sets
/// the clocks: it was told of then.
final class TaskMeter {
    private final TaskListener listener;
    private final TaskResource resource;
    private Instant scheduledAt = Instant.EPOCH;
    private Optional<Instant> startedAt = Optional.empty();

    TaskMeter(TaskListener listener, TaskResource resource) {
        this.listener = listener;
        this.resource = resource;
    }

    void replayed(Recorded line) {
        if (line.entry() instanceof TaskScheduled) {
            scheduledAt = line.at();
            startedAt = Optional.empty();
        } else if (line.entry() instanceof TaskStarted) {
            startedAt = Optional.of(line.at());
        }
    }

    void recorded(Recorded line) {
        replayed(line);
        Duration sinceScheduled = Duration.between(scheduledAt, line.at());
        if (line.entry() instanceof TaskScheduled scheduled) {
            listener.scheduled(scheduled.flavor(), resource.arn());
        } else if (line.entry() instanceof TaskStarted started) {
            listener.started(started.flavor(), resource.arn(), sinceScheduled);
        } else if (line.entry() instanceof TaskEnded ended) {
            ended(ended.flavor(), ended.ending(), line, sinceScheduled);
        } else if (line.entry() instanceof TaskNotStarted refused) {
            ended(refused.flavor(), new Ending.Failed(refused.failure()), line, sinceScheduled);
        }
    }

    private void ended(Flavor flavor, Ending ending, Recorded line, Duration sinceScheduled) {
        listener.ended(
                flavor,
                resource.arn(),
                ending,
                startedAt.map(start -> Duration.between(start, line.at())),
                sinceScheduled);
    }
}
