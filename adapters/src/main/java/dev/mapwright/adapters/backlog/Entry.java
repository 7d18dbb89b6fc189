package dev.mapwright.adapters.backlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/// Where one message stands. Changed under the lock of its backlog only. Times are milliseconds
/// since 1970.
final class Entry {
    static final Comparator<Entry> BY_TIME = Comparator.<Entry>comparingLong(entry -> entry.dueAt)
            .thenComparing(entry -> entry.sequence);

    private static final byte FORMAT = 1;

    final long sequence;
    final String group;
    final long sentAt;

    /// Nobody may take it before.
    long dueAt;

    int takes;

    /// 0 until it was taken.
    long firstTakenAt;

    Entry(long sequence, String group, long sentAt, long dueAt) {
        this.sequence = sequence;
        this.group = group;
        this.sentAt = sentAt;
        this.dueAt = dueAt;
    }

    boolean isTaken(long now) {
        return takes > 0 && dueAt > now;
    }

    byte[] stored() {
        byte[] name = group.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + 3 * Long.BYTES + Integer.BYTES + name.length)
                .put(FORMAT)
                .putLong(sentAt)
                .putLong(dueAt)
                .putLong(firstTakenAt)
                .putInt(takes)
                .put(name)
                .array();
    }

    static Entry read(long sequence, byte[] stored) {
        var buffer = ByteBuffer.wrap(stored);
        byte format = buffer.get();
        if (format != FORMAT) {
            throw new IllegalStateException(
                    "Expected a message of format %d, found format %d".formatted(FORMAT, format));
        }
        long sentAt = buffer.getLong();
        long dueAt = buffer.getLong();
        long firstTakenAt = buffer.getLong();
        int takes = buffer.getInt();
        String group = StandardCharsets.UTF_8.decode(buffer).toString();
        var entry = new Entry(sequence, group, sentAt, dueAt);
        entry.firstTakenAt = firstTakenAt;
        entry.takes = takes;
        return entry;
    }
}
