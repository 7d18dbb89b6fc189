package dev.mapwright.adapters.tables.local;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A table as it was defined, without its items.
///
/// @param number never used twice: the first bytes of the table's keys
/// @param attributeTypes of the attributes that are keys of the table or an index
/// @param settings all that can be changed later
record TableDefinition(
        String name,
        int number,
        String id,
        Instant created,
        KeySchema key,
        Map<String, String> attributeTypes,
        List<IndexDefinition> indexes,
        TableSettings settings) {

    Optional<IndexDefinition> index(String indexName) {
        return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
    }

    boolean hasLocalIndex() {
        return indexes.stream().anyMatch(index -> index.reach() == IndexDefinition.Reach.LOCAL);
    }

    TableDefinition withNumber(int given) {
        return new TableDefinition(
                name, given, id, created, key, attributeTypes, indexes, settings);
    }

    TableDefinition with(TableSettings changed) {
        return new TableDefinition(
                name, number, id, created, key, attributeTypes, indexes, changed);
    }
}
