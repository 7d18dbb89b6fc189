package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.KeyOrder;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Where entries lie in the store: table (and index), hash of the partition key, partition key,
/// sort key; in an index the item's own key behind. A partition is one stretch in sort order, and a
/// Scan segment one stretch of hashes.
final class KeyLayout {
    private static final long HASHES = 1L << 32;

    private KeyLayout() {}

    static byte[] tablePrefix(TableDefinition table) {
        return ByteBuffer.allocate(4).putInt(table.number()).array();
    }

    static byte[] indexPrefix(TableDefinition table, IndexDefinition index) {
        return ByteBuffer.allocate(6)
                .putInt(table.number())
                .putShort((short) index.number())
                .array();
    }

    static byte[] itemKey(TableDefinition table, M item) {
        byte[] partition = partition(
                tablePrefix(table), item.members().get(table.key().partition().name()));
        return concat(partition, sortKey(table.key(), item));
    }

    static byte[] entryKey(TableDefinition table, IndexDefinition index, M item) {
        byte[] partition = partition(
                indexPrefix(table, index),
                item.members().get(index.key().partition().name()));
        byte[] itemKey = itemKey(table, item);
        return concat(
                concat(partition, sortKey(index.key(), item)),
                Arrays.copyOfRange(itemKey, 4, itemKey.length));
    }

    /// What the keys of all entries with this partition key begin with.
    static byte[] partition(byte[] prefix, AttributeValue partitionKey) {
        byte[] ordered = KeyOrder.of(partitionKey);
        return ByteBuffer.allocate(prefix.length + 4 + ordered.length)
                .put(prefix)
                .putInt(hash(ordered))
                .put(ordered)
                .array();
    }

    /// First hash of one of `total` equal segments, as the beginning of a key; behind the last one
    /// there is none.
    static Optional<byte[]> segmentStart(byte[] prefix, int segment, int total) {
        if (segment == total) {
            return Optional.empty();
        }
        long first = (HASHES * segment + total - 1) / total;
        return Optional.of(ByteBuffer.allocate(prefix.length + 4)
                .put(prefix)
                .putInt((int) first)
                .array());
    }

    /// The first key behind all keys that begin with `prefix`.
    static byte[] after(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xFF) {
                byte[] next = Arrays.copyOf(prefix, i + 1);
                next[i]++;
                return next;
            }
        }
        throw new IllegalStateException(
                "Expected a prefix that something can follow, found only 0xFF bytes");
    }

    static byte[] concat(byte[] left, byte[] right) {
        byte[] joined = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, joined, left.length, right.length);
        return joined;
    }

    private static byte[] sortKey(KeySchema schema, M item) {
        return schema.sort()
                .map(attribute -> KeyOrder.of(item.members().get(attribute.name())))
                .orElseGet(() -> new byte[0]);
    }

    /// A checksum, stirred until neighbouring keys are far apart.
    private static int hash(byte[] bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes);
        int hash = (int) checksum.getValue();
        hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
        hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
        return hash ^ hash >>> 16;
    }
}
