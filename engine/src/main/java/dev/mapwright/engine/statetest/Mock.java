package dev.mapwright.engine.statetest;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;

/// What a state's work is taken to have come to, in place of doing it.
public sealed interface Mock {
    record Result(Json value, FieldValidation validation) implements Mock {}

    record ErrorOutput(Failure failure) implements Mock {}

    /// How closely a Task's result is held against what its service says of it:
    /// https://docs.aws.amazon.com/step-functions/latest/apireference/API_MockInput.html
    enum FieldValidation {
        /// Required fields must be there, and all fields must be as the service says.
        STRICT,
        /// The fields that are there must be as the service says.
        PRESENT,
        NONE
    }
}
