package dev.mapwright.server.demo;

import dev.mapwright.asl.json.Json;

import java.util.LinkedHashMap;

/// What came of a run.
///
/// @param items that the map run counted
/// @param tableItems that the table holds
/// @param results the manifest of the result files
public record OrdersSummary(
        long rows,
        long items,
        long succeeded,
        long failed,
        long children,
        long tableItems,
        double seconds,
        String results,
        String executionArn,
        String mapRunArn) {
    private static final int ROUNDING = 1_000;

    public long itemsPerSecond() {
        return seconds > 0 ? Math.round(items / seconds) : 0;
    }

    /// One object on one line.
    public String json() {
        var members = new LinkedHashMap<String, Object>();
        members.put("rows", rows);
        members.put("items", items);
        members.put("succeeded", succeeded);
        members.put("failed", failed);
        members.put("children", children);
        members.put("tableItems", tableItems);
        members.put("seconds", Math.round(seconds * ROUNDING) / (double) ROUNDING);
        members.put("itemsPerSecond", itemsPerSecond());
        members.put("results", results);
        members.put("executionArn", executionArn);
        members.put("mapRunArn", mapRunArn);
        return Json.of(members).text();
    }
}
