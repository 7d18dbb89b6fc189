package dev.mapwright.adapters.items.parquet;

import java.util.concurrent.Semaphore;

/// Memory for what is being decoded, shared by all files that the process reads. Who wants a share
/// waits until there is one, in the order of asking. A map run may be nested in another one that
/// reads, too, so that a share must never wait for what is done with its rows: who has one gives it
/// back when others wait and nobody takes its rows.
final class DecodingMemory {
    /// Finer than what one page needs; coarse enough to count memory in an `int`.
    private static final int UNIT_BYTES = 4 * 1024;

    private final long bytesMax;
    private final int units;
    private final Semaphore free;

    DecodingMemory(long bytesMax) {
        this.bytesMax = bytesMax;
        this.units = Math.toIntExact(bytesMax / UNIT_BYTES);
        this.free = new Semaphore(units, true);
    }

    long bytesMax() {
        return bytesMax;
    }

    /// Waits for a share. All there is suffices for more than that, too: the caller reads alone
    /// then.
    Share take(long bytes) throws InterruptedException {
        int wanted = (int) Math.clamp(Math.ceilDiv(bytes, UNIT_BYTES), 1, units);
        free.acquire(wanted);
        return new Share(wanted);
    }

    /// Whether others wait for a share.
    boolean isWanted() {
        return free.hasQueuedThreads();
    }

    final class Share implements AutoCloseable {
        private final int taken;

        private Share(int taken) {
            this.taken = taken;
        }

        /// Gives it back. To be called once.
        @Override
        public void close() {
            free.release(taken);
        }
    }
}
