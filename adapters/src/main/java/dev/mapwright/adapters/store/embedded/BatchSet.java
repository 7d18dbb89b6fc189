package dev.mapwright.adapters.store.embedded;

import dev.mapwright.engine.Quotas;

import java.util.BitSet;
import java.util.function.LongConsumer;

/// Batches of one run, an eighth of a byte each.
final class BatchSet {
    private final BitSet bits = new BitSet();

    void add(long batch) {
        bits.set(position(batch));
    }

    void forEachMissing(long highest, LongConsumer action) {
        int last = position(highest);
        for (int batch = bits.nextClearBit(0);
                batch <= last;
                batch = bits.nextClearBit(batch + 1)) {
            action.accept(batch);
        }
    }

    private static int position(long batch) {
        if (batch >= Quotas.ITEMS_PER_MAP_RUN_MAX) {
            throw new IllegalStateException("Expected a run of at most %d children, found batch %d"
                    .formatted(Quotas.ITEMS_PER_MAP_RUN_MAX, batch));
        }
        return (int) batch;
    }
}
