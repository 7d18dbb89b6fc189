package dev.mapwright.engine.journal;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;

/// How an attempt, an iteration, a branch, a map run or an execution ended.
public sealed interface Ending {
    record Succeeded(Json output) implements Ending {}

    record Failed(Failure failure) implements Ending {}

    record TimedOut(Failure failure) implements Ending {}

    record Aborted(Failure failure) implements Ending {}
}
