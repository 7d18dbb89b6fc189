package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;

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
}
