package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;

/// The input of one child execution, and which items it came from.
///
/// @param index position among the run's children, from 0
/// @param position where the source goes on after the batch's last item
public record Batch(long index, long firstItem, int itemCount, Json input, String position) {}
