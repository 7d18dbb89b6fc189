package dev.mapwright.adapters.store.embedded;

import dev.mapwright.engine.binary.Decoder;
import dev.mapwright.engine.binary.Encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The values of consecutive batches in one entry, which lies under the last of them.
record Pack(long last, List<byte[]> values) {
    private static final int VERSION = 1;

    static Pack decode(long last, byte[] bytes) {
        var in = new Decoder(bytes);
        int version = in.octet();
        if (version != VERSION) {
            throw new IllegalStateException("Expected the values of several children in version "
                    + VERSION + ", found " + version);
        }
        var values = new ArrayList<byte[]>();
        while (in.hasMore()) {
            values.add(in.bytes());
        }
        return new Pack(last, values);
    }

    byte[] encode() {
        var out = new Encoder().octet(VERSION);
        values.forEach(out::bytes);
        return out.toBytes();
    }

    long first() {
        return last - values.size() + 1;
    }

    Optional<byte[]> find(long batch) {
        return batch >= first() && batch <= last
                ? Optional.of(values.get((int) (batch - first())))
                : Optional.empty();
    }
}
