package dev.mapwright.testkit.store;

import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// A strand that commits what has gathered after a random while, as the writer of a real store
/// does: so other strands run during each commit, and a crash finds writes under way.
final class SimulatedDisk implements Disk {
    private static final int COMMIT_MILLIS_MAX = 5;

    private final World world;
    private final Tables tables;
    private final LongConsumer beforeCommit;
    private final ArrayDeque<Write> pending = new ArrayDeque<>();
    private final Inbox<Write> work;
    private long commits;

    SimulatedDisk(World world, Tables tables, LongConsumer beforeCommit) {
        this.world = world;
        this.tables = tables;
        this.beforeCommit = beforeCommit;
        this.work = world.inbox();
        world.start("disk", this::run);
    }

    @Override
    public Receipt write(List<Change> changes) {
        var write = new Write(changes);
        pending.addLast(write);
        work.put(write);
        return write;
    }

    @Override
    public List<List<Change>> pending() {
        return pending.stream().map(write -> write.changes).toList();
    }

    @Override
    public void commitAll() {
        while (!pending.isEmpty()) {
            Write write = pending.removeFirst();
            tables.apply(write.changes);
            write.end();
        }
    }

    private void run() throws InterruptedException {
        while (true) {
            Write write = work.take(Instant.MAX).orElseThrow();
            if (!write.durable) {
                world.sleepUntil(world.now().plusMillis(world.random().nextInt(COMMIT_MILLIS_MAX)));
                commits++;
                beforeCommit.accept(commits);
                commitAll();
            }
        }
    }

    private final class Write implements Receipt {
        private final List<Change> changes;
        private final List<Inbox<Write>> waiting = new ArrayList<>();
        private boolean durable;

        Write(List<Change> changes) {
            this.changes = List.copyOf(changes);
        }

        void end() {
            durable = true;
            waiting.forEach(inbox -> inbox.put(this));
        }

        @Override
        public void await() throws InterruptedException {
            if (!durable) {
                Inbox<Write> inbox = world.inbox();
                waiting.add(inbox);
                inbox.take(Instant.MAX);
            }
        }
    }
}
