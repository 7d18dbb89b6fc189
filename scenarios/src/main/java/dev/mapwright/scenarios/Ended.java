package dev.mapwright.scenarios;

import dev.mapwright.asl.json.Json;

import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;

import java.util.List;
import java.util.Map;

/// An execution that has ended, as the API describes it.
///
/// @param output JSON text; empty unless it succeeded
/// @param error empty unless it failed
/// @param cause likewise
/// @param runs its map runs, oldest first
record Ended(
        String arn,
        String status,
        String output,
        String error,
        String cause,
        double seconds,
        List<DescribeMapRunResponse> runs) {
    /// The only map run.
    DescribeMapRunResponse run() {
        if (runs.size() != 1) {
            throw new IllegalStateException("expected one map run, found " + runs.size());
        }
        return runs.getFirst();
    }

    /// The output as an object.
    Map<?, ?> outputMembers() {
        return (Map<?, ?>) Json.ofText(output).value();
    }

    /// `SUCCEEDED`, or the status with the error that led to it.
    String outcome() {
        return error.isEmpty() ? status : status + " " + error;
    }
}
