package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which attributes are the key of a table or index: the partition's, and within it perhaps a sort
/// key.
record KeySchema(KeyAttribute partition, Optional<KeyAttribute> sort) {
    /// @param type `S`, `N` or `B`
    record KeyAttribute(String name, String type) {}

    Stream<KeyAttribute> attributes() {
        return Stream.concat(Stream.of(partition), sort.stream());
    }

    List<String> names() {
        return attributes().map(KeyAttribute::name).toList();
    }

    boolean contains(String name) {
        return partition.name().equals(name)
                || sort.isPresent() && sort.get().name().equals(name);
    }

    /// The key attributes of an item that has them.
    M keyOf(M item) {
        Map<String, AttributeValue> key = LinkedHashMap.newLinkedHashMap(2);
        attributes()
                .forEach(attribute ->
                        key.put(attribute.name(), item.members().get(attribute.name())));
        return new M(key);
    }
}
