package dev.mapwright.engine.maprun;

import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.time.Instant;

/// What may wait between a strand that reads and the owner. The sender takes room before it sends,
/// and the owner gives it back: that is all that flows upstream.
final class QueueRoom {
    private final Limits limits;
    private final Inbox<Freed> freed;

    /// The sender's.
    private int queued;

    private long queuedBytes;

    QueueRoom(World world, Limits limits) {
        this.limits = limits;
        this.freed = world.inbox();
    }

    private record Freed(int count, long bytes) {}

    /// Waits until one more fits; one that is larger than all room may wait alone.
    void take(long bytes) throws InterruptedException {
        while (queued >= limits.queuedBatchesMax()
                || queued > 0 && queuedBytes + bytes > limits.queuedBytesMax()) {
            var room = freed.take(Instant.MAX).orElseThrow();
            queued -= room.count();
            queuedBytes -= room.bytes();
        }
        queued++;
        queuedBytes += bytes;
    }

    /// Called by the owner.
    void free(int count, long bytes) {
        freed.put(new Freed(count, bytes));
    }
}
