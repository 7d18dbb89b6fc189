package dev.mapwright.engine.task;

import dev.mapwright.asl.json.Json;

/// One service that Task states can call. Implementations know nothing of retries, timeouts,
/// tokens, history or query languages.
public interface TaskIntegration {
    /// Makes the call and returns its result. Interrupted when the state times out or is aborted.
    Json call(TaskRequest request) throws TaskFailed, InterruptedException;
}
