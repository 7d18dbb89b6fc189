package dev.mapwright.adapters.objects.local;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.Space;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The bytes of all objects: small ones in the key-value store, large ones and parts in files.
final class Bodies {
    /// A body of at most this size costs no file.
    static final int INLINE_BYTES_MAX = 16 * 1024;

    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html
    static final long BODY_BYTES_MAX = 5L * 1024 * 1024 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Space space;
    private final BodyFiles files;
    private final Numbers numbers;

    Bodies(Space space, BodyFiles files, Numbers numbers) throws IOException {
        this.space = space;
        this.files = files;
        this.numbers = numbers;
        files.sweep(number -> space.get(Keys.number(number)).isPresent());
    }

    /// Receives the body of an object.
    Staged stage(InputStream in, Set<ChecksumAlgorithm> algorithms)
            throws IOException, InterruptedException {
        byte[] start = in.readNBytes(INLINE_BYTES_MAX + 1);
        if (start.length > INLINE_BYTES_MAX) {
            return stageInFile(start, in, algorithms);
        }
        Digests digests = new Digests(algorithms);
        digests.update(start, 0, start.length);
        return new Staged(files, numbers.next(), new Body.Inline(start), start.length, digests);
    }

    /// Receives the body of a part, whatever its size into a file: so that a reader of the object
    /// holds no part in memory.
    Staged stagePart(InputStream in, Set<ChecksumAlgorithm> algorithms)
            throws IOException, InterruptedException {
        return stageInFile(new byte[0], in, algorithms);
    }

    private Staged stageInFile(byte[] start, InputStream rest, Set<ChecksumAlgorithm> algorithms)
            throws IOException, InterruptedException {
        long number = numbers.next();
        boolean complete = false;
        try (NewBodyFile file = files.create(number)) {
            Digests digests = new Digests(algorithms);
            digests.update(start, 0, start.length);
            file.write(start, start.length);
            long bytes = start.length;
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = rest.read(buffer); count >= 0; count = rest.read(buffer)) {
                bytes += count;
                if (bytes > BODY_BYTES_MAX) {
                    throw new S3Failed(
                            ErrorCode.ENTITY_TOO_LARGE,
                            "Your proposed upload exceeds the maximum allowed size of %d bytes in one request. Use a "
                                            .formatted(BODY_BYTES_MAX)
                                    + "multipart upload.");
                }
                digests.update(buffer, 0, count);
                file.write(buffer, count);
            }
            files.settle(number, file);
            complete = true;
            return new Staged(files, number, new Body.InFile(), bytes, digests);
        } finally {
            if (!complete) {
                files.delete(number);
            }
        }
    }

    long nextNumber() throws InterruptedException {
        return numbers.next();
    }

    void keep(Batch batch, long number, Body body) {
        batch.put(space, Keys.number(number), Records.body(body));
    }

    /// Adds to a batch what forgets the body; its files go once the batch is committed.
    Doomed drop(Batch batch, long number) {
        batch.delete(space, Keys.number(number));
        return switch (find(number)) {
            case Body.Inline _ -> new Doomed(number, List.of());
            case Body.InFile _ -> new Doomed(number, List.of(number));
            case Body.InParts(List<Body.Piece> pieces) -> {
                pieces.forEach(piece -> batch.delete(space, Keys.number(piece.file())));
                yield new Doomed(number, pieces.stream().map(Body.Piece::file).toList());
            }
        };
    }

    void discard(List<Doomed> doomed) {
        doomed.forEach(each -> files.discard(each.body(), each.files()));
    }

    record Doomed(long body, List<Long> files) {}

    private Body find(long number) {
        return space.get(Keys.number(number))
                .map(Records::body)
                .orElseThrow(() -> new IllegalStateException(
                        "expected body %d of a recorded object".formatted(number)));
    }

    List<Body.Piece> pieces(long number) {
        return find(number) instanceof Body.InParts(List<Body.Piece> pieces) ? pieces : List.of();
    }

    /// Opens a body, which then stays until the handle is closed; empty if it was replaced since
    /// its number was read.
    Optional<Handle> open(long number, long bytes) {
        files.pin(number);
        boolean opened = false;
        try {
            Optional<Handle> handle = space.get(Keys.number(number))
                    .map(record -> new Handle(number, bytes, Records.body(record)));
            opened = handle.isPresent();
            return handle;
        } finally {
            if (!opened) {
                files.unpin(number);
            }
        }
    }

    final class Handle implements AutoCloseable {
        private final long number;
        private final long bytes;
        private final Body body;
        private boolean closed;

        private Handle(long number, long bytes, Body body) {
            this.number = number;
            this.bytes = bytes;
            this.body = body;
        }

        List<Body.Piece> pieces() {
            return body instanceof Body.InParts(List<Body.Piece> pieces) ? pieces : List.of();
        }

        /// Bytes from `from` to the end, read file by file.
        InputStream from(long from) {
            return switch (body) {
                case Body.Inline(byte[] inline) ->
                    new PiecesStream(List.of(() ->
                            new ByteArrayInputStream(inline, (int) from, (int) (bytes - from))));
                case Body.InFile _ -> new PiecesStream(List.of(() -> fileFrom(number, from)));
                case Body.InParts(List<Body.Piece> pieces) ->
                    new PiecesStream(sources(pieces, from));
            };
        }

        private List<PiecesStream.Source> sources(List<Body.Piece> pieces, long from) {
            List<PiecesStream.Source> sources = new ArrayList<>();
            long start = 0;
            for (Body.Piece piece : pieces) {
                long skip = Math.max(0, from - start);
                if (skip < piece.bytes()) {
                    sources.add(() -> fileFrom(piece.file(), skip));
                }
                start += piece.bytes();
            }
            return sources;
        }

        private InputStream fileFrom(long file, long from) throws IOException {
            FileChannel channel = files.open(file);
            channel.position(from);
            return Channels.newInputStream(channel);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                files.unpin(number);
            }
        }
    }
}
