package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonObject;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;

/// A child as results describe it under Transformation NONE, and always when it did not succeed:
/// members in alphabetical order, absent ones left out, input and output as strings of JSON text.
public final class ResultEntry {
    private static final JsonObject INCLUDED = JsonObject.of(Map.of("Included", true));

    /// A run of a million children that succeed writes a million of these.
    private static final JsonObject.Shape SUCCEEDED = JsonObject.Shape.of(List.of(
            "ExecutionArn",
            "Input",
            "InputDetails",
            "Name",
            "Output",
            "OutputDetails",
            "RedriveCount",
            "RedriveStatus",
            "RedriveStatusReason",
            "StartDate",
            "StateMachineArn",
            "Status",
            "StopDate"));
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private ResultEntry() {}

    /// @param child one that has ended
    public static Json of(Execution child) {
        return Json.of(child.status() == Status.SUCCEEDED ? succeeded(child) : unsuccessful(child));
    }

    private static JsonObject succeeded(Execution child) {
        return SUCCEEDED.object(
                child.arn(),
                child.input().text(),
                INCLUDED,
                firstPart(child.name()),
                child.output().orElseThrow().text(),
                INCLUDED,
                child.redriveCount(),
                "NOT_REDRIVABLE",
                "Execution is SUCCEEDED and cannot be redriven",
                MILLISECONDS.format(child.startedAt()),
                child.machineArn(),
                child.status().name(),
                MILLISECONDS.format(child.endedAt().orElseThrow()));
    }

    private static JsonObject unsuccessful(Execution child) {
        var entry = new JsonObject.Builder();
        child.failure()
                .flatMap(failure -> failure.cause())
                .ifPresent(cause -> entry.put("Cause", cause));
        child.failure()
                .flatMap(failure -> failure.error())
                .ifPresent(error -> entry.put("Error", error));
        entry.put("ExecutionArn", child.arn());
        entry.put("Input", child.input().text());
        entry.put("InputDetails", INCLUDED);
        entry.put("Name", firstPart(child.name()));
        entry.put("OutputDetails", INCLUDED);
        entry.put("RedriveCount", child.redriveCount());
        entry.put("RedriveStatus", "REDRIVABLE_BY_MAP_RUN");
        entry.put("StartDate", MILLISECONDS.format(child.startedAt()));
        entry.put("StateMachineArn", child.machineArn());
        entry.put("Status", child.status().name());
        child.endedAt().ifPresent(ended -> entry.put("StopDate", MILLISECONDS.format(ended)));
        return entry.build();
    }

    /// The name of an EXPRESS child has two parts, of which results show the first.
    private static String firstPart(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }
}
