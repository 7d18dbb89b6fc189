package dev.mapwright.adapters.objects.local;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// An object under a reader's eyes: what is known of it, and its bytes, even if it is replaced or
/// deleted meanwhile.
public final class OpenObject implements AutoCloseable {
    private final ObjectVersion version;
    private final ObjectVersion.Content content;
    private final Bodies.Handle handle;

    OpenObject(ObjectVersion version, ObjectVersion.Content content, Bodies.Handle handle) {
        this.version = version;
        this.content = content;
        this.handle = handle;
    }

    public ObjectVersion version() {
        return version;
    }

    public ObjectVersion.Content content() {
        return content;
    }

    /// The bytes from one on. Closing the stream leaves the object open.
    ///
    /// @param from at most the object's length
    public InputStream bytesFrom(long from) {
        return handle.from(from);
    }

    /// The same, for a reader that holds nothing but the stream: closing it closes the object.
    public InputStream lastBytesFrom(long from) {
        return new FilterInputStream(bytesFrom(from)) {
            @Override
            public void close() throws IOException {
                try (OpenObject _ = OpenObject.this) {
                    super.close();
                }
            }
        };
    }

    /// Where a part lies; an object that came in one piece is its own part 1.
    public Slice part(int number) throws S3Failed {
        if (number == 1 && handle.pieces().isEmpty()) {
            return new Slice(0, content.bytes());
        }
        long start = 0;
        for (Body.Piece piece : handle.pieces()) {
            if (piece.number() == number) {
                return new Slice(start, piece.bytes());
            }
            start += piece.bytes();
        }
        List<Integer> numbers = handle.pieces().stream().map(Body.Piece::number).toList();
        throw new S3Failed(
                ErrorCode.INVALID_PART_NUMBER,
                "The requested partnumber is not satisfiable: %d; the object has %d parts."
                        .formatted(number, Math.max(1, numbers.size())));
    }

    /// A stretch of an object's bytes.
    public record Slice(long from, long bytes) {}

    @Override
    public void close() {
        handle.close();
    }
}
