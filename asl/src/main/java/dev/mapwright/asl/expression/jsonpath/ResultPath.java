package dev.mapwright.asl.expression.jsonpath;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.json.Json;

/// Puts a result into a state's input, leaving the input itself unchanged.
@FunctionalInterface
public interface ResultPath {
    /// `ResultPath: null`: the result is dropped.
    ResultPath DISCARD = (input, _) -> input;

    /// `ResultPath: "$"`: the result takes the input's place.
    ResultPath REPLACE = (_, result) -> result;

    Json put(Json input, Json result) throws EvaluationFailed;
}
