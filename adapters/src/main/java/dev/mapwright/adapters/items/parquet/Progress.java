package dev.mapwright.adapters.items.parquet;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// How far the reading of a file has got, as one who watches it sees. Waiting for others is no
/// standstill.
final class Progress {
    private static final int LOOKS_PER_STANDSTILL = 10;

    private final RangedFile input;
    private final AtomicLong steps = new AtomicLong();
    private volatile Doing doing = Doing.WORKING;

    private enum Doing {
        WORKING,
        WAITING
    }

    Progress(RangedFile input) {
        this.input = input;
    }

    void waits() {
        doing = Doing.WAITING;
    }

    void works() {
        steps.incrementAndGet();
        doing = Doing.WORKING;
    }

    /// Returns when there was no progress for a while.
    void awaitStandstill(Duration atLeast) throws InterruptedException {
        Duration pause = atLeast.dividedBy(LOOKS_PER_STANDSTILL);
        long before = done();
        int quietLooks = 0;
        while (quietLooks < LOOKS_PER_STANDSTILL) {
            Thread.sleep(pause);
            boolean standsStill = doing == Doing.WORKING && !input.isBusy() && done() == before;
            quietLooks = standsStill ? quietLooks + 1 : 0;
            before = done();
        }
    }

    private long done() {
        return input.activity() + steps.get();
    }
}
