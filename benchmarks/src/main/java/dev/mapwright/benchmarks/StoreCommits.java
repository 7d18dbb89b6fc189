package dev.mapwright.benchmarks;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.server.config.Configuration.Durability;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Commits that each wait for their own durability, alone and many at once.
record StoreCommits(Durability durability) implements Benchmark {
    private static final int VALUE_BYTES = 200;
    private static final int ALONE = 2_000;
    private static final int TOGETHER = 200_000;
    private static final int WRITERS = 1_000;
    private static final int ROUNDS = 3;

    @Override
    public String name() {
        return "store-commits-" + durability.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String about() {
        return "commits of one value of %d bytes, by one writer and by %,d at once, durability %s"
                .formatted(VALUE_BYTES, WRITERS, durability);
    }

    @Override
    public List<Figure> run(Workbench workbench) throws Exception {
        var alone = new ArrayList<Double>();
        var together = new ArrayList<Double>();
        try (var store = KeyValueStore.open(
                workbench.folder().resolve("store"), Workbench.ofStore(durability))) {
            var space = store.space("values");
            for (int round = 0; round <= ROUNDS; round++) {
                double slow = Meter.time(() -> write(store, space, 1, ALONE)).perSecond(ALONE);
                double fast = Meter.time(() -> write(store, space, WRITERS, TOGETHER))
                        .perSecond(TOGETHER);
                workbench.say("round %d: %,.0f and %,.0f commits/s", round, slow, fast);
                if (round > 0) {
                    alone.add(slow);
                    together.add(fast);
                }
            }
        }
        return List.of(
                Figure.of("one writer", Meter.median(alone), "commits/s"),
                Figure.of("%,d writers".formatted(WRITERS), Meter.median(together), "commits/s"));
    }

    private static void write(KeyValueStore store, Space space, int writers, int commits)
            throws InterruptedException {
        var next = new AtomicLong();
        var strands = new ArrayList<Thread>();
        for (int writer = 0; writer < writers; writer++) {
            strands.add(Thread.ofVirtual().start(() -> {
                for (long key = next.getAndIncrement();
                        key < commits;
                        key = next.getAndIncrement()) {
                    commit(store, space, key);
                }
            }));
        }
        for (Thread strand : strands) {
            strand.join();
        }
    }

    private static void commit(KeyValueStore store, Space space, long key) {
        byte[] name = ByteBuffer.allocate(Long.BYTES).putLong(key).array();
        try {
            store.commit(new Batch().put(space, name, new byte[VALUE_BYTES]));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
