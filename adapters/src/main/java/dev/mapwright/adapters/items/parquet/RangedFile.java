package dev.mapwright.adapters.items.parquet;

import dev.hardwood.InputFile;
import dev.mapwright.adapters.items.object.ObjectRanges;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// An object as the library's file: each stretch that it wants is one request.
final class RangedFile implements InputFile {
    private final ObjectRanges ranges;
    private final AtomicInteger requestsOpen = new AtomicInteger();
    private final AtomicLong requestsDone = new AtomicLong();

    RangedFile(ObjectRanges ranges) {
        this.ranges = ranges;
    }

    ObjectRanges ranges() {
        return ranges;
    }

    /// Whether bytes are on their way.
    boolean isBusy() {
        return requestsOpen.get() > 0;
    }

    /// Grows with every answer.
    long activity() {
        return requestsDone.get();
    }

    @Override
    public void open() {}

    /// Nothing is never wanted but behind a column's end, where the library would ask for it again
    /// and again: a page that says it reaches beyond its column must not keep a processor busy for
    /// ever.
    @Override
    public ByteBuffer readRange(long from, int length) throws IOException {
        if (length <= 0) {
            throw new IOException(
                    "a page at byte %d reaches beyond the end of its column".formatted(from));
        }
        requestsOpen.incrementAndGet();
        try {
            return ByteBuffer.wrap(ranges.read(from, length));
        } finally {
            requestsDone.incrementAndGet();
            requestsOpen.decrementAndGet();
        }
    }

    @Override
    public long length() {
        return ranges.bytes();
    }

    @Override
    public String name() {
        return ranges.address().uri();
    }

    @Override
    public void close() {}
}
