package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Everything about a run that is evaluated once, when it begins, and kept in its record
/// (`MapRunRecord.plan`).
///
/// @param writer target of the export, `{"Bucket", "Prefix", "Transformation", "OutputType"}`
/// @param format how the state's own result is formatted where nothing is exported:
///     `{"Transformation", "OutputType"}`
public record RunPlan(
        Dataset dataset,
        Optional<Batching> batching,
        Optional<Json> writer,
        Optional<Json> format) {
    /// @param maxItemsPerBatch 0: no limit
    /// @param maxInputBytesPerBatch at most the payload quota, which is also what stands here when
    ///     it isn't given
    public record Batching(
            int maxItemsPerBatch, int maxInputBytesPerBatch, Optional<Json> batchInput) {}

    /// The plan as a run's record keeps it: `{"Dataset": {"Items"} or {"Resource", "Arguments",
    /// "Config", "MaxItems"}, "Batching": {"MaxItemsPerBatch", "MaxInputBytesPerBatch",
    /// "BatchInput"}, "Writer", "Format"}`. Absent members are left out.
    public Json json() {
        var plan = new LinkedHashMap<String, Object>();
        plan.put("Dataset", datasetTree());
        batching.ifPresent(limits -> plan.put("Batching", tree(limits)));
        writer.ifPresent(target -> plan.put("Writer", target.value()));
        format.ifPresent(how -> plan.put("Format", how.value()));
        return Json.of(plan);
    }

    private Map<String, Object> datasetTree() {
        var tree = new LinkedHashMap<String, Object>();
        switch (dataset) {
            case Dataset.StateItems(Json items) -> tree.put("Items", items.value());
            case Dataset.Read(String resource, Json arguments, Json config, long maxItems) -> {
                tree.put("Resource", resource);
                tree.put("Arguments", arguments.value());
                tree.put("Config", config.value());
                tree.put("MaxItems", maxItems);
            }
        }
        return tree;
    }

    private static Map<String, Object> tree(Batching batching) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("MaxItemsPerBatch", batching.maxItemsPerBatch());
        tree.put("MaxInputBytesPerBatch", batching.maxInputBytesPerBatch());
        batching.batchInput().ifPresent(input -> tree.put("BatchInput", input.value()));
        return tree;
    }

    /// Reads what [#json] made.
    public static RunPlan of(Json plan) {
        var members = members(plan.value());
        return new RunPlan(
                dataset(members(members.get("Dataset"))),
                member(members, "Batching").map(batching -> batching(members(batching.value()))),
                member(members, "Writer"),
                member(members, "Format"));
    }

    private static Dataset dataset(Map<?, ?> members) {
        if (members.containsKey("Items")) {
            return new Dataset.StateItems(Json.of(members.get("Items")));
        }
        return new Dataset.Read(
                (String) members.get("Resource"),
                Json.of(members.get("Arguments")),
                Json.of(members.get("Config")),
                ((Number) members.get("MaxItems")).longValue());
    }

    private static Batching batching(Map<?, ?> members) {
        return new Batching(
                ((Number) members.get("MaxItemsPerBatch")).intValue(),
                ((Number) members.get("MaxInputBytesPerBatch")).intValue(),
                member(members, "BatchInput"));
    }

    private static Optional<Json> member(Map<?, ?> members, String name) {
        return members.containsKey(name)
                ? Optional.of(Json.of(members.get(name)))
                : Optional.empty();
    }

    private static Map<?, ?> members(Object tree) {
        if (tree instanceof Map<?, ?> members) {
            return members;
        }
        throw new IllegalStateException("a run plan has an object here, not " + Json.of(tree));
    }
}
