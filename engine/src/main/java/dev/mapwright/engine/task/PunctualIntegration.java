package dev.mapwright.engine.task;

import dev.mapwright.asl.json.Json;

import java.time.Instant;
import java.util.Optional;

/// An integration that keeps an eye on the time itself, so that whoever calls it needs no second
/// strand to go on when the time is over.
public interface PunctualIntegration extends TaskIntegration {
    /// Makes the call and returns its result, or empty once `until` has passed. Whatever the
    /// service does, it returns then, and at once when it is interrupted.
    Optional<Json> call(TaskRequest request, Instant until) throws TaskFailed, InterruptedException;

    @Override
    default Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        return call(request, Instant.MAX).orElseThrow();
    }
}
