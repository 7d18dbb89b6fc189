package dev.mapwright.engine.execution;

import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.Flavor;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.task.TaskListener;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Everybody who is told of executions and tasks, in the order in which they asked to be.
final class Listeners implements ExecutionListener, TaskListener {
    private final List<ExecutionListener> ofExecutions = new CopyOnWriteArrayList<>();
    private final List<TaskListener> ofTasks = new CopyOnWriteArrayList<>();

    void add(ExecutionListener listener) {
        ofExecutions.add(listener);
    }

    void add(TaskListener listener) {
        ofTasks.add(listener);
    }

    @Override
    public void started(Execution execution) {
        for (ExecutionListener listener : ofExecutions) {
            listener.started(execution);
        }
    }

    @Override
    public void redriven(Execution execution) {
        for (ExecutionListener listener : ofExecutions) {
            listener.redriven(execution);
        }
    }

    @Override
    public void ended(Execution execution) {
        for (ExecutionListener listener : ofExecutions) {
            listener.ended(execution);
        }
    }

    @Override
    public void scheduled(Flavor flavor, String resourceArn) {
        for (TaskListener listener : ofTasks) {
            listener.scheduled(flavor, resourceArn);
        }
    }

    @Override
    public void started(Flavor flavor, String resourceArn, Duration waited) {
        for (TaskListener listener : ofTasks) {
            listener.started(flavor, resourceArn, waited);
        }
    }

    @Override
    public void ended(
            Flavor flavor,
            String resourceArn,
            Ending ending,
            Optional<Duration> ran,
            Duration took) {
        for (TaskListener listener : ofTasks) {
            listener.ended(flavor, resourceArn, ending, ran, took);
        }
    }
}
