package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.sql.catalog.QueryFailed;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Carries objects to files and back, some side by side: each waits for the store most of its time.
final class Transfers {
    /// Each may hold a part of an object in memory.
    static final int AT_ONCE = 8;

    private final World world;

    Transfers(World world) {
        this.world = world;
    }

    interface Transfer {
        void run() throws QueryFailed, IOException, InterruptedException;
    }

    /// Carries all of them out, or fails as the first one that does; none begins after that.
    void run(List<Transfer> transfers) throws QueryFailed, IOException, InterruptedException {
        var batch = new Batch(transfers);
        var strands = new ArrayList<Strand>();
        for (int i = 0; i < Math.min(AT_ONCE, transfers.size()); i++) {
            strands.add(world.start("transfer", batch::work));
        }
        try {
            join(strands);
        } catch (InterruptedException interrupted) {
            batch.giveUp();
            strands.forEach(Strand::cancel);
            join(strands);
            throw interrupted;
        }
        batch.check();
    }

    private static void join(List<Strand> strands) throws InterruptedException {
        for (Strand strand : strands) {
            strand.join();
        }
    }

    private static final class Batch {
        private final int size;
        private final Queue<Transfer> waiting;
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicReference<Exception> problem = new AtomicReference<>();

        Batch(List<Transfer> transfers) {
            this.size = transfers.size();
            this.waiting = new ConcurrentLinkedQueue<>(transfers);
        }

        void work() {
            for (Transfer next = waiting.poll(); next != null; next = waiting.poll()) {
                try {
                    next.run();
                    done.incrementAndGet();
                } catch (QueryFailed
                        | IOException
                        | InterruptedException
                        | RuntimeException failed) {
                    problem.compareAndSet(null, failed);
                    giveUp();
                }
            }
        }

        void giveUp() {
            waiting.clear();
        }

        void check() throws QueryFailed, IOException, InterruptedException {
            switch (problem.get()) {
                case null -> {
                    if (done.get() < size) {
                        throw new IllegalStateException("a transfer broke; the log says how");
                    }
                }
                case QueryFailed failed -> throw failed;
                case IOException failed -> throw failed;
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException broken -> throw broken;
                case Exception odd -> throw new IllegalStateException("a transfer broke", odd);
            }
        }
    }
}
