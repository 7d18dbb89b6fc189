package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.json.Json;

/// Makes an item's part of a child's input: the Map state's ItemSelector, or the item itself
/// without one.
@FunctionalInterface
public interface ItemSelector {
    /// Without an ItemSelector: the item itself, or `{"Key": …, "Value": …}` for a member of an
    /// object.
    ItemSelector WHOLE_ITEM = item -> item.key()
            .map(key -> Json.ofText("{\"Key\":" + Json.of(key).text() + ",\"Value\":"
                    + item.value().text() + "}"))
            .orElse(item.value());

    Json select(Item item) throws EvaluationFailed;
}
