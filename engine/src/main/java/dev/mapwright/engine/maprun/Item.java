package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;

import java.util.Optional;

/// One item of a dataset.
///
/// @param index 0-based over the whole dataset
/// @param key the member name when the dataset is an object
/// @param source `STATE_DATA`, `s3://bucket` or `s3://bucket/key`
public record Item(long index, Optional<String> key, Json value, String source) {}
