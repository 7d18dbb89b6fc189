package dev.mapwright.adapters.keyvalue;

import java.util.Optional;

/// One ordered map; keys compare as unsigned bytes. Readers see committed batches only.
public interface Space {
    Optional<byte[]> get(byte[] key);

    /// Entries with `from` <= key < `to` in order, or in reverse. An empty `to` means to the end.
    Scan scan(byte[] from, byte[] to, Direction direction);

    enum Direction {
        FORWARD,
        REVERSE
    }

    /// A cursor over entries, positioned before the first one. Close it soon: it holds native
    /// memory.
    interface Scan extends AutoCloseable {
        boolean next();

        byte[] key();

        byte[] value();

        @Override
        void close();
    }
}
