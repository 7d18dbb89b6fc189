package dev.mapwright.adapters.services.states;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Execution;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// An execution as the `.sync` patterns show it: the members of DescribeExecution in alphabetical
/// order, times in milliseconds since 1970.
final class Description {
    private Description() {}

    /// Input and output as strings that hold JSON: `.sync`, and the cause of a failure.
    static Json withTexts(Execution execution) {
        return of(execution, Json::text);
    }

    /// Input and output as JSON values: `.sync:2`.
    static Json withValues(Execution execution) {
        return of(execution, Json::value);
    }

    private static Json of(Execution execution, Function<Json, Object> payload) {
        var members = new TreeMap<String, Object>();
        members.put("ExecutionArn", execution.arn());
        members.put("StateMachineArn", execution.machineArn());
        execution.versionArn().ifPresent(arn -> members.put("StateMachineVersionArn", arn));
        execution.aliasArn().ifPresent(arn -> members.put("StateMachineAliasArn", arn));
        members.put("Name", execution.name());
        members.put("Status", execution.status().name());
        members.put("StartDate", execution.startedAt().toEpochMilli());
        execution.endedAt().ifPresent(end -> members.put("StopDate", end.toEpochMilli()));
        members.put("Input", payload.apply(execution.input()));
        members.put("InputDetails", Map.of("Included", true));
        execution.output().ifPresent(output -> {
            members.put("Output", payload.apply(output));
            members.put("OutputDetails", Map.of("Included", true));
        });
        shownFailure(execution).flatMap(Failure::error).ifPresent(e -> members.put("Error", e));
        shownFailure(execution).flatMap(Failure::cause).ifPresent(c -> members.put("Cause", c));
        redriving(execution, members);
        return Json.of(members);
    }

    /// AWS shows none for an execution that timed out.
    private static Optional<Failure> shownFailure(Execution execution) {
        return execution.failure().filter(_ -> execution.status() != Execution.Status.TIMED_OUT);
    }

    private static void redriving(Execution execution, Map<String, Object> members) {
        members.put("RedriveCount", execution.redriveCount());
        execution
                .redriven()
                .ifPresent(last -> members.put("RedriveDate", last.at().toEpochMilli()));
        switch (execution.status()) {
            case RUNNING, SUCCEEDED, PENDING_REDRIVE -> {
                members.put("RedriveStatus", "NOT_REDRIVABLE");
                members.put(
                        "RedriveStatusReason",
                        "Execution is %s and cannot be redriven".formatted(execution.status()));
            }
            case FAILED, TIMED_OUT, ABORTED -> members.put("RedriveStatus", "REDRIVABLE");
        }
    }
}
