package dev.mapwright.adapters.items.parquet;

import dev.hardwood.HardwoodContext;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.maprun.ReadFailed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Reads a file's rows on a thread of its own, a few chunks ahead.
///
/// The library waits without end for pages of some broken files. Hence a thread that can be given
/// up: when no chunk comes, and no bytes are on their way, for a while, the file is broken.
final class RowPump implements AutoCloseable {
    private static final int CHUNK_ROWS_MAX = 256;
    private static final long CHUNK_BYTES_MAX = 1024 * 1024;
    private static final int CHUNKS_AHEAD_MAX = 2;

    /// How often a wait looks whether bytes arrive.
    private static final int LOOKS_PER_WAIT = 10;

    private final RangedFile input;
    private final HardwoodContext context;
    private final Failures failures;
    private final Bounds bounds;
    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS_AHEAD_MAX);
    private final ExecutorService thread = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("parquet-rows-", 0).factory());

    private sealed interface Chunk {
        record Rows(List<Json> rows) implements Chunk {}

        record End() implements Chunk {}

        record Failed(Throwable reason) implements Chunk {}
    }

    RowPump(RangedFile input, HardwoodContext context, Failures failures, Bounds bounds) {
        this.input = input;
        this.context = context;
        this.failures = failures;
        this.bounds = bounds;
        thread.execute(this::pump);
    }

    /// The next rows, or empty behind the last one. Not to be called again after the end or a
    /// failure.
    Optional<List<Json>> take() throws ReadFailed, InterruptedException {
        return switch (await()) {
            case Chunk.Rows(List<Json> rows) -> Optional.of(rows);
            case Chunk.End() -> Optional.empty();
            case Chunk.Failed(ReadFailed failed) -> throw failed;
            case Chunk.Failed(Throwable reason) -> throw failures.of(reason);
        };
    }

    private Chunk await() throws ReadFailed, InterruptedException {
        long activity = input.activity();
        Duration pause = bounds.stallMax().dividedBy(LOOKS_PER_WAIT);
        for (int look = 0; look < LOOKS_PER_WAIT; look++) {
            Chunk chunk = chunks.poll(pause.toNanos(), TimeUnit.NANOSECONDS);
            if (chunk != null) {
                return chunk;
            }
            if (input.isBusy() || input.activity() != activity) {
                activity = input.activity();
                look = 0;
            }
        }
        throw new ReadFailed("%s cannot be read as Parquet: its pages hold fewer rows than it says"
                .formatted(input.name()));
    }

    private void pump() {
        try (ParquetFileReader file = ParquetFileReader.open(input, context)) {
            ParquetLimits.checkContent(input.ranges(), file.getFileMetaData());
            var row = RowConversion.of(file.getFileSchema());
            List<RowGroup> groups = file.getFileMetaData().rowGroups();
            for (Stretch stretch : Stretch.of(groups, input.ranges().start().item())) {
                checkMemory(groups, stretch);
                try (RowReader rows = file.buildRowReader()
                        .skip(stretch.firstRow())
                        .head(stretch.rows())
                        .build()) {
                    pump(rows, row, stretch);
                }
            }
            chunks.put(new Chunk.End());
        } catch (InterruptedException e) {
            // Closed: nobody waits for rows any more.
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void checkMemory(List<RowGroup> groups, Stretch stretch)
            throws ReadFailed, InterruptedException {
        var pages = new DecodedPages(input.ranges(), bounds.decodedBytesMax());
        for (int i = stretch.firstGroup(); i < stretch.endGroup(); i++) {
            pages.check(i, groups.get(i));
        }
    }

    private void pump(RowReader rows, RowConversion row, Stretch stretch)
            throws ReadFailed, InterruptedException {
        var chunk = new ArrayList<Json>();
        long chunkBytes = 0;
        for (long i = stretch.firstRow(); i < stretch.endRow(); i++) {
            if (!rows.hasNext()) {
                throw new ReadFailed("%s ends before row %d, and says that it has %d"
                        .formatted(input.name(), i, stretch.endRow()));
            }
            rows.next();
            chunk.add(row.json(rows));
            chunkBytes += row.bytes();
            if (row.bytes() > Quotas.ITEM_BYTES_MAX) {
                throw new ReadFailed("%s, row %d: it has more than %d bytes, the maximum of an item"
                        .formatted(input.name(), i, Quotas.ITEM_BYTES_MAX));
            }
            if (chunk.size() == CHUNK_ROWS_MAX || chunkBytes >= CHUNK_BYTES_MAX) {
                chunks.put(new Chunk.Rows(chunk));
                chunk = new ArrayList<>();
                chunkBytes = 0;
            }
        }
        if (!chunk.isEmpty()) {
            chunks.put(new Chunk.Rows(chunk));
        }
    }

    private void fail(Throwable reason) {
        try {
            chunks.put(new Chunk.Failed(reason));
        } catch (InterruptedException e) {
            // Closed: nobody waits for the reason.
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
