package dev.mapwright.adapters.objects.local;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;

import java.nio.ByteBuffer;

/// Numbers that rise and are never given twice, not even after a crash: a block of them is reserved
/// in the store before its first one is given out.
final class Numbers {
    private static final long BLOCK = 1_000_000;
    private static final byte[] RESERVED = {'r', 'e', 's', 'e', 'r', 'v', 'e', 'd'};

    private final KeyValueStore store;
    private final Space space;
    private long next;
    private long reserved;

    Numbers(KeyValueStore store, Space space) {
        this.store = store;
        this.space = space;
        this.next = space.get(RESERVED)
                .map(bytes -> ByteBuffer.wrap(bytes).getLong())
                .orElse(1L);
        this.reserved = next;
    }

    synchronized long next() throws InterruptedException {
        if (next == reserved) {
            store.commit(new Batch().put(space, RESERVED, Keys.number(reserved + BLOCK)));
            reserved += BLOCK;
        }
        return next++;
    }
}
