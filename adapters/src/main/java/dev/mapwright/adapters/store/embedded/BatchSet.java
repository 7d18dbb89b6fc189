package dev.mapwright.adapters.store.embedded;

import java.util.BitSet;
import java.util.function.LongConsumer;

/// Batches of one run, an eighth of a byte each.
final class BatchSet {
    private final BitSet bits = new BitSet();

    void add(long batch) {
        bits.set(position(batch));
    }

    void remove(long batch) {
        bits.clear(position(batch));
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
        if (batch >= Integer.MAX_VALUE) {
            throw new IllegalStateException("Expected a run of at most %d children, found batch %d"
                    .formatted(Integer.MAX_VALUE, batch));
        }
        return (int) batch;
    }
}
