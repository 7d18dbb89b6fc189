package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A secondary index.
///
/// @param number its place in the table, part of its entries' keys
/// @param nonKeyAttributes what a projection of type INCLUDE keeps beside the keys
record IndexDefinition(
        String name,
        int number,
        Reach reach,
        KeySchema key,
        ProjectionType projection,
        List<String> nonKeyAttributes,
        Throughput throughput) {
    enum Reach {
        GLOBAL,
        LOCAL
    }

    enum ProjectionType {
        ALL,
        KEYS_ONLY,
        INCLUDE
    }

    /// Whether the item has the index's key: the others are not in it.
    boolean covers(M item) {
        return key.attributes().allMatch(attribute -> {
            AttributeValue value = item.members().get(attribute.name());
            return value != null && value.type().equals(attribute.type());
        });
    }

    /// What the index keeps of an item.
    M project(KeySchema tableKey, M item) {
        return switch (projection) {
            case ALL -> item;
            case KEYS_ONLY -> keep(tableKey, item, List.of());
            case INCLUDE -> keep(tableKey, item, nonKeyAttributes);
        };
    }

    private M keep(KeySchema tableKey, M item, List<String> others) {
        Map<String, AttributeValue> kept = new LinkedHashMap<>();
        item.members().forEach((name, value) -> {
            if (tableKey.contains(name) || key.contains(name) || others.contains(name)) {
                kept.put(name, value);
            }
        });
        return new M(kept);
    }
}
