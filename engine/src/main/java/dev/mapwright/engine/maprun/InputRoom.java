package dev.mapwright.engine.maprun;

import java.util.HashMap;
import java.util.Map;

/// Memory for the inputs of running children. Small ones run as far as there are places; large ones
/// share what all places together may hold, and those that find no room wait as if there were fewer
/// places. One may always run. Used by the owner alone.
final class InputRoom {
    private final long bytesMax;

    /// So much in each place fills the room: what is smaller need not be counted.
    private final long smallMax;

    /// Bytes of large inputs, by batch.
    private final Map<Long, Long> large = new HashMap<>();

    private long taken;

    InputRoom(Limits limits) {
        this.bytesMax = limits.runningBytesMax();
        this.smallMax = bytesMax / limits.places(0);
    }

    boolean has(long bytes) {
        return bytes <= smallMax || large.isEmpty() || taken + bytes <= bytesMax;
    }

    void take(long batch, long bytes) {
        if (bytes > smallMax) {
            large.put(batch, bytes);
            taken += bytes;
        }
    }

    /// Children of a former process, whose inputs fitted: each counts as its share.
    void takeAll(long[] batches) {
        for (long batch : batches) {
            take(batch, bytesMax / batches.length);
        }
    }

    /// The child has ended.
    void free(long batch) {
        if (!large.isEmpty()) {
            taken -= large.getOrDefault(batch, 0L);
            large.remove(batch);
        }
    }
}
