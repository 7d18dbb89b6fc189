package dev.mapwright.engine.task;

import dev.mapwright.asl.json.Json;

import java.time.Duration;
import java.util.Optional;

/// An integration that also supports `.sync`: start a job, then ask about it until it ends.
public interface JobIntegration extends TaskIntegration {
    Job start(TaskRequest request) throws TaskFailed, InterruptedException;

    /// Empty while the job still runs.
    Optional<Json> poll(String jobId, TaskRequest request) throws TaskFailed, InterruptedException;

    /// The state was stopped or timed out: stops the job, as far as that goes.
    void cancel(String jobId, TaskRequest request) throws TaskFailed, InterruptedException;

    /// How far apart the questions grow while the job runs.
    default Duration pollIntervalMax() {
        return Duration.ofSeconds(1);
    }

    /// @param submitted what the history's TaskSubmitted shows
    record Job(String id, Json submitted) {}
}
