package dev.mapwright.adapters.tables.local;

import java.util.concurrent.atomic.AtomicLongArray;

/// A table that is there: its definition, and how many items and bytes it holds.
///
/// The tallies are kept per lock stripe, each written with the items of its stripe, so that they
/// stay exact through crashes without being a bottleneck.
final class Table {
    private final AtomicLongArray itemCounts = new AtomicLongArray(ItemStore.STRIPES);
    private final AtomicLongArray itemBytes = new AtomicLongArray(ItemStore.STRIPES);
    private volatile TableDefinition definition;
    private volatile boolean dropped;

    Table(TableDefinition definition) {
        this.definition = definition;
    }

    TableDefinition definition() {
        return definition;
    }

    void redefine(TableDefinition changed) {
        definition = changed;
    }

    boolean isDropped() {
        return dropped;
    }

    void drop() {
        dropped = true;
    }

    long itemCount() {
        return sum(itemCounts);
    }

    long itemBytes() {
        return sum(itemBytes);
    }

    void setTally(int stripe, long count, long bytes) {
        itemCounts.set(stripe, count);
        itemBytes.set(stripe, bytes);
    }

    long itemCount(int stripe) {
        return itemCounts.get(stripe);
    }

    long itemBytes(int stripe) {
        return itemBytes.get(stripe);
    }

    private static long sum(AtomicLongArray perStripe) {
        long sum = 0;
        for (int stripe = 0; stripe < perStripe.length(); stripe++) {
            sum += perStripe.get(stripe);
        }
        return sum;
    }
}
