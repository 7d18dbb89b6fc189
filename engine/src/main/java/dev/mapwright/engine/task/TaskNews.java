package dev.mapwright.engine.task;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;

import java.util.Optional;

/// What a waiting task is told.
public sealed interface TaskNews {
    /// SendTaskSuccess.
    record Succeeded(Json output) implements TaskNews {}

    /// SendTaskFailure; or the call that was to hand the token over has failed.
    record Failed(Failure failure) implements TaskNews {}

    /// SendTaskHeartbeat.
    record Heartbeat() implements TaskNews {}

    /// A worker takes the activity's task.
    record Taken(Optional<String> workerName) implements TaskNews {}

    /// The call that hands the token over has returned.
    record Submitted(Json output) implements TaskNews {}

    /// The call that hands the token over ended in an error of ours.
    record Broken(RuntimeException defect) implements TaskNews {}
}
