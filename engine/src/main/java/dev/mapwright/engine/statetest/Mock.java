package dev.mapwright.engine.statetest;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;

/// What a state's work is taken to have come to, in place of doing it.
public sealed interface Mock {
    record Result(Json value) implements Mock {}

    record ErrorOutput(Failure failure) implements Mock {}
}
