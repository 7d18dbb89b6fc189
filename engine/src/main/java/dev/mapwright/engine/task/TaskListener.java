package dev.mapwright.engine.task;

import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.Flavor;

import java.time.Duration;
import java.util.Optional;

/// Is told what becomes of tasks, each attempt of a Task state once, as it is recorded. Called on
/// the executions' own strands: an implementation neither waits nor throws.
public interface TaskListener {
    /// @param resourceArn the Task's `Resource`: of a function, an activity or an integration
    void scheduled(Flavor flavor, String resourceArn);

    /// @param waited since it was scheduled
    void started(Flavor flavor, String resourceArn, Duration waited);

    /// @param ran since it was started; empty when it never was
    /// @param took since it was scheduled
    void ended(
            Flavor flavor,
            String resourceArn,
            Ending ending,
            Optional<Duration> ran,
            Duration took);
}
