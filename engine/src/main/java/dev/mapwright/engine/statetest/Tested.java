package dev.mapwright.engine.statetest;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TracedIntegration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What became of a state that was tested.
///
/// @param failure what the state failed with, also where it was caught or may be retried
/// @param nextState the state that the execution would go on with
/// @param inspection the members of InspectionData by name: payloads as JSON, limits as numbers,
///     `errorDetails` as a map of numbers
/// @param exchange what an HTTP Task sent and got
public record Tested(
        Status status,
        Optional<Json> output,
        Optional<Failure> failure,
        Optional<String> nextState,
        Map<String, Object> inspection,
        Optional<TracedIntegration.Exchange> exchange) {
    public enum Status {
        SUCCEEDED,
        FAILED,
        RETRIABLE,
        CAUGHT_ERROR
    }

    public Tested {
        inspection = Collections.unmodifiableMap(new LinkedHashMap<>(inspection));
    }

    Tested with(Optional<TracedIntegration.Exchange> traced) {
        return new Tested(status, output, failure, nextState, inspection, traced);
    }
}
