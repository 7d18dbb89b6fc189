package dev.mapwright.engine.maprun;

import dev.mapwright.engine.binary.Decoder;
import dev.mapwright.engine.binary.Encoder;

import java.util.Arrays;

/// Which batch each numbered ending belongs to, for the endings that no checkpoint of the sink
/// covers yet.
final class EndingLog {
    private long[] batches = new long[64];
    private int from;
    private int to;
    private long covered;

    /// Number of the last ending; 0 before the first.
    long last() {
        return covered + (to - from);
    }

    /// Number of the last ending that may be forgotten.
    long covered() {
        return covered;
    }

    int size() {
        return to - from;
    }

    void add(long batch) {
        if (to == batches.length) {
            makeRoom();
        }
        batches[to++] = batch;
    }

    /// Forgets the endings up to this number.
    void cover(long number) {
        int count = Math.toIntExact(number - covered);
        if (count < 0 || count > size()) {
            throw new IllegalStateException(
                    "a checkpoint covers ending %d, but the journal holds %d to %d"
                            .formatted(number, covered + 1, last()));
        }
        from += count;
        covered = number;
    }

    /// Begins to count anew: a redrive writes results of its own.
    void clear() {
        covered = 0;
        from = 0;
        to = 0;
    }

    /// The batches of the endings after this number, in order.
    long[] after(long number) {
        return Arrays.copyOfRange(batches, from + Math.toIntExact(number - covered), to);
    }

    void write(Encoder line) {
        line.number(covered);
        line.number(size());
        for (int each = from; each < to; each++) {
            line.number(batches[each]);
        }
    }

    void read(Decoder line) {
        covered = line.number();
        from = 0;
        to = 0;
        for (int rest = line.count(); rest > 0; rest--) {
            add(line.number());
        }
    }

    private void makeRoom() {
        var roomier = new long[Math.max(64, size() * 2)];
        System.arraycopy(batches, from, roomier, 0, size());
        to -= from;
        from = 0;
        batches = roomier;
    }
}
