package dev.mapwright.testkit.maprun;

import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Receipt;
import dev.mapwright.testkit.world.SimulatedWorld;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/// A store whose writes become durable, and visible, a while after they were handed in; what nobody
/// has waited for outlives a crash as a prefix. Goes from one simulated process to the next.
final class CommittingStore extends FakeStore {
    private static final int COMMIT_MILLIS_MAX = 5;

    private final Deque<List<Change>> underWay = new ArrayDeque<>();
    private SimulatedWorld world;
    private long handedIn;
    private long committed;
    private long crashAtWrite = Long.MAX_VALUE;

    /// @param crashAtWrite the process is killed when it hands in this write, counted from 1 over
    ///     all processes
    void enter(SimulatedWorld process, long crashAtWrite) {
        this.world = process;
        this.crashAtWrite = crashAtWrite;
    }

    /// The process is gone: some of the writes under way have reached the disk, in order.
    void crashed(RandomGenerator random) {
        commitThrough(committed + random.nextInt(underWay.size() + 1));
        handedIn -= underWay.size();
        underWay.clear();
    }

    long writes() {
        return handedIn;
    }

    @Override
    public Receipt write(List<Change> changes) {
        long number = ++handedIn;
        underWay.add(changes);
        if (number == crashAtWrite) {
            world.crash();
        }
        return () -> {
            if (committed < number) {
                world.sleepUntil(
                        world.now().plusMillis(1 + world.random().nextInt(COMMIT_MILLIS_MAX)));
                commitThrough(number);
            }
        };
    }

    private void commitThrough(long number) {
        while (committed < number) {
            super.write(underWay.remove());
            committed++;
        }
    }
}
