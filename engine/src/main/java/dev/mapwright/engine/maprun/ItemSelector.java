package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.json.Json;

/// Makes an item's part of a child's input: the Map state's ItemSelector, or the item itself
/// without one.
@FunctionalInterface
public interface ItemSelector {
    Json select(Item item) throws EvaluationFailed;
}
