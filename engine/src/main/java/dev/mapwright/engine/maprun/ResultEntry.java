package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/// A child as results describe it under Transformation NONE, and always when it did not succeed:
/// members in alphabetical order, absent ones left out, input and output as strings of JSON text.
public final class ResultEntry {
    private static final Map<String, Object> INCLUDED = Map.of("Included", true);
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private ResultEntry() {}

    /// @param child one that has ended
    public static Json of(Execution child) {
        boolean succeeded = child.status() == Status.SUCCEEDED;
        var entry = new LinkedHashMap<String, Object>();
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
        child.output().ifPresent(output -> entry.put("Output", output.text()));
        entry.put("OutputDetails", INCLUDED);
        entry.put("RedriveCount", child.redriveCount());
        entry.put("RedriveStatus", succeeded ? "NOT_REDRIVABLE" : "REDRIVABLE_BY_MAP_RUN");
        if (succeeded) {
            entry.put("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven");
        }
        entry.put("StartDate", MILLISECONDS.format(child.startedAt()));
        entry.put("StateMachineArn", child.machineArn());
        entry.put("Status", child.status().name());
        child.endedAt().ifPresent(ended -> entry.put("StopDate", MILLISECONDS.format(ended)));
        return Json.of(entry);
    }

    /// The name of an EXPRESS child has two parts, of which results show the first.
    private static String firstPart(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }
}
