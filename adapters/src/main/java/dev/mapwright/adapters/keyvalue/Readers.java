package dev.mapwright.adapters.keyvalue;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Keeps the database open while somebody reads: a native read behind a closed database ends the
/// process.
final class Readers {
    static final int END_SECONDS_MAX = 10;

    private static final int ALL = Integer.MAX_VALUE;
    private final Semaphore places = new Semaphore(ALL);

    void enter() {
        if (!places.tryAcquire()) {
            throw new IllegalStateException("The store is closed: nothing more can be read.");
        }
    }

    void leave() {
        places.release();
    }

    /// Lets nobody in any more once all have left; false when some stay too long.
    boolean end() {
        try {
            return places.tryAcquire(ALL, END_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return places.tryAcquire(ALL);
        }
    }
}
