package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.KeySchema.KeyAttribute;
import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.ItemSize;
import dev.mapwright.adapters.tables.local.item.KeyOrder;
import dev.mapwright.adapters.tables.local.item.TableException;

/// What DynamoDB demands of an item and its keys.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
final class ItemRules {
    static final int PARTITION_KEY_BYTES_MAX = 2048;
    static final int SORT_KEY_BYTES_MAX = 1024;
    static final int KEY_NAME_BYTES_MAX = 255;
    static final int NAME_BYTES_MAX = 65_535;

    private ItemRules() {}

    /// A whole item, about to be stored.
    static void checkItem(TableDefinition table, M item) {
        table.key().attributes().forEach(attribute -> {
            AttributeValue value = item.members().get(attribute.name());
            if (value == null) {
                throw TableException.invalidParameter(
                        "Missing the key %s in the item".formatted(attribute.name()));
            }
            if (!value.type().equals(attribute.type())) {
                throw TableException.invalidParameter(
                        "Type mismatch for key %s expected: %s actual: %s"
                                .formatted(attribute.name(), attribute.type(), value.type()));
            }
        });
        checkKeySizes(table.key(), item);
        checkIndexKeys(table, item);
        checkSize(item, "Item size has exceeded the maximum allowed size");
    }

    /// An item that an update made: its key is the one that was asked for.
    static void checkUpdated(TableDefinition table, M item) {
        checkIndexKeys(table, item);
        checkSize(item, "Item size to update has exceeded the maximum allowed size");
    }

    /// The `Key` of a request.
    static void checkKey(KeySchema schema, M key) {
        if (key.members().size() != schema.names().size()) {
            throw TableException.validation("The provided key element does not match the schema");
        }
        schema.attributes().forEach(attribute -> {
            AttributeValue value = key.members().get(attribute.name());
            if (value == null || !value.type().equals(attribute.type())) {
                throw TableException.validation(
                        "The provided key element does not match the schema");
            }
        });
        checkKeySizes(schema, key);
    }

    static void checkNames(M item) {
        item.members().keySet().forEach(name -> {
            if (name.isEmpty()) {
                throw TableException.invalidParameter("Empty attribute name");
            }
            if (ItemSize.utf8(name) > NAME_BYTES_MAX) {
                throw TableException.invalidParameter(
                        "Attribute name is too large, must be less than %d bytes"
                                .formatted(NAME_BYTES_MAX + 1));
            }
        });
    }

    private static void checkKeySizes(KeySchema schema, M item) {
        checkKeySize(
                schema.partition(),
                item,
                PARTITION_KEY_BYTES_MAX,
                "Size of hashkey has exceeded the maximum size limit of %d bytes");
        schema.sort()
                .ifPresent(
                        sort -> checkKeySize(
                                sort,
                                item,
                                SORT_KEY_BYTES_MAX,
                                "Aggregated size of all range keys has exceeded the size limit of %d bytes"));
    }

    private static void checkKeySize(KeyAttribute attribute, M item, int bytesMax, String tooLong) {
        int bytes = KeyOrder.bytes(item.members().get(attribute.name()));
        if (bytes == 0) {
            throw TableException.invalidParameter(
                    ("The AttributeValue for a key attribute cannot contain an empty %s value. Key: %s")
                            .formatted(
                                    attribute.type().equals("B") ? "binary" : "string",
                                    attribute.name()));
        }
        if (bytes > bytesMax) {
            throw TableException.invalidParameter(tooLong.formatted(bytesMax));
        }
    }

    private static void checkIndexKeys(TableDefinition table, M item) {
        for (IndexDefinition index : table.indexes()) {
            index.key().attributes().forEach(attribute -> checkIndexKey(index, attribute, item));
        }
    }

    private static void checkIndexKey(IndexDefinition index, KeyAttribute attribute, M item) {
        AttributeValue value = item.members().get(attribute.name());
        if (value == null) {
            return;
        }
        if (!value.type().equals(attribute.type())) {
            throw TableException.invalidParameter(
                    "Type mismatch for Index Key %s Expected: %s Actual: %s IndexName: %s"
                            .formatted(
                                    attribute.name(),
                                    attribute.type(),
                                    value.type(),
                                    index.name()));
        }
        int bytes = KeyOrder.bytes(value);
        if (bytes == 0) {
            throw TableException.invalidParameter(
                    ("A value specified for a secondary index key is not supported. The"
                                    + " AttributeValue for a key attribute cannot contain an empty %s value. IndexName: %s, IndexKey:"
                                    + " %s")
                            .formatted(
                                    attribute.type().equals("B") ? "binary" : "string",
                                    index.name(),
                                    attribute.name()));
        }
        boolean isPartition = attribute.equals(index.key().partition());
        int bytesMax = isPartition ? PARTITION_KEY_BYTES_MAX : SORT_KEY_BYTES_MAX;
        if (bytes > bytesMax) {
            throw TableException.invalidParameter(
                    "Size of the key %s of index %s has exceeded the limit of %d bytes"
                            .formatted(attribute.name(), index.name(), bytesMax));
        }
    }

    private static void checkSize(M item, String message) {
        if (ItemSize.of(item) > ItemSize.ITEM_BYTES_MAX) {
            throw TableException.validation(message);
        }
    }
}
