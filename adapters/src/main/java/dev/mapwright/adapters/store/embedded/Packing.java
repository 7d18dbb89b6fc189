package dev.mapwright.adapters.store.embedded;

import dev.mapwright.adapters.keyvalue.Batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts rows of consecutive batches, as one write brings them, into common entries. A row without
/// neighbours gets one of its own.
final class Packing {
    /// A reader of one value reads them all.
    static final int VALUES_MAX = 256;

    private static final int BYTES_MAX = 64 * 1024;

    private final Batch write;
    private Optional<Rows> rows = Optional.empty();
    private List<byte[]> values = new ArrayList<>();
    private long last;
    private long bytes;

    Packing(Batch write) {
        this.write = write;
    }

    void add(Rows of, long batch, byte[] value) {
        if (!goesOn(of, batch, value)) {
            close();
            rows = Optional.of(of);
        }
        values.add(value);
        last = batch;
        bytes += value.length;
    }

    private boolean goesOn(Rows of, long batch, byte[] value) {
        return rows.filter(open -> open == of).isPresent()
                && batch == last + 1
                && values.size() < VALUES_MAX
                && bytes + value.length <= BYTES_MAX;
    }

    /// Adds to the write what has not been added yet.
    void close() {
        if (values.size() == 1) {
            rows.orElseThrow().put(write, last, values.getFirst());
        } else if (!values.isEmpty()) {
            rows.orElseThrow().put(write, new Pack(last, values));
        }
        rows = Optional.empty();
        values = new ArrayList<>();
        bytes = 0;
    }
}
