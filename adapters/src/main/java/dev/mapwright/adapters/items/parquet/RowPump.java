package dev.mapwright.adapters.items.parquet;

import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Reads a file's rows on a thread of its own, a few chunks ahead.
///
/// It holds a share of the memory for decoding as long as its rows are taken. When others wait for
/// theirs and nobody takes its rows, it gives the share back, and reads on from the same row once
/// it has one again.
///
/// The library waits without end for pages of some broken files. Hence a second thread that watches
/// the first: when neither bytes nor rows come for a while, the file is broken, and whoever waits
/// is told so, whether or not the first one heeds its interruption.
final class RowPump implements AutoCloseable {
    private static final int CHUNK_ROWS_MAX = 256;
    private static final long CHUNK_BYTES_MAX = 1024 * 1024;
    private static final int CHUNKS_AHEAD_MAX = 2;

    /// Reading on decodes the row group once more, which takes about as long.
    private static final Duration UNTAKEN_MAX = Duration.ofSeconds(1);

    private final RangedFile input;
    private final Failures failures;
    private final Decoding decoding;
    private final Progress progress;
    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS_AHEAD_MAX);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("parquet-rows-", 0).factory());

    /// Set before the pumping is interrupted: what it says then is of no interest.
    private volatile boolean stalled;

    private sealed interface Chunk {
        record Rows(List<Json> rows) implements Chunk {}

        record End() implements Chunk {}

        record Failed(Throwable reason) implements Chunk {}
    }

    RowPump(RangedFile input, Failures failures, Decoding decoding) {
        this.input = input;
        this.failures = failures;
        this.decoding = decoding;
        this.progress = new Progress(input);
        Future<?> pumping = threads.submit(this::pump);
        threads.execute(() -> watch(pumping));
    }

    /// The next rows, or empty behind the last one. Not to be called again after the end or a
    /// failure.
    Optional<List<Json>> take() throws ReadFailed, InterruptedException {
        return switch (chunks.take()) {
            case Chunk.Rows(List<Json> rows) -> Optional.of(rows);
            case Chunk.End() -> Optional.empty();
            case Chunk.Failed(ReadFailed failed) -> throw failed;
            case Chunk.Failed(Throwable reason) -> throw failures.of(reason);
        };
    }

    private void watch(Future<?> pumping) {
        try {
            progress.awaitStandstill(decoding.stallMax());
            stalled = true;
            pumping.cancel(true);
            chunks.put(new Chunk.Failed(new ReadFailed(
                    "%s cannot be read as Parquet: its pages hold fewer rows than it says"
                            .formatted(input.name()))));
        } catch (InterruptedException e) {
            // Closed: nobody waits for rows any more.
        }
    }

    private void pump() {
        try (ParquetFileReader file = ParquetFileReader.open(input, decoding.context())) {
            ParquetLimits.checkContent(input.ranges(), file.getFileMetaData());
            var row = RowConversion.of(file.getFileSchema());
            List<RowGroup> groups = file.getFileMetaData().rowGroups();
            for (Stretch stretch : Stretch.of(groups, input.ranges().start().item())) {
                long bytes = bytes(groups, stretch);
                Stretch rest = stretch;
                while (rest.rows() > 0) {
                    rest = rest.from(read(file, row, rest, bytes));
                }
            }
            put(new Chunk.End());
        } catch (Throwable e) {
            fail(e);
        }
    }

    private long bytes(List<RowGroup> groups, Stretch stretch)
            throws ReadFailed, InterruptedException {
        var pages = new DecodedPages(input.ranges(), decoding.memory().bytesMax());
        long bytes = 0;
        for (int i = stretch.firstGroup(); i < stretch.endGroup(); i++) {
            bytes += pages.bytes(i, groups.get(i));
        }
        return bytes;
    }

    /// Reads until the stretch ends, or until its memory is wanted. Returns the row behind those
    /// read.
    private long read(ParquetFileReader file, RowConversion row, Stretch stretch, long bytes)
            throws IOException, ReadFailed, InterruptedException {
        long next = stretch.firstRow();
        List<Json> chunk;
        try (var _ = share(bytes);
                RowReader rows = file.buildRowReader()
                        .skip(stretch.firstRow())
                        .head(stretch.rows())
                        .build()) {
            do {
                chunk = chunk(rows, row, stretch.from(next));
                next += chunk.size();
            } while (next < stretch.endRow() && isTaken(new Chunk.Rows(chunk)));
        }
        put(new Chunk.Rows(chunk));
        return next;
    }

    private List<Json> chunk(RowReader rows, RowConversion row, Stretch rest) throws ReadFailed {
        var chunk = new ArrayList<Json>();
        long chunkBytes = 0;
        while (chunk.size() < Math.min(rest.rows(), CHUNK_ROWS_MAX)
                && chunkBytes < CHUNK_BYTES_MAX) {
            long index = rest.firstRow() + chunk.size();
            if (!rows.hasNext()) {
                throw new ReadFailed("%s ends before row %d, and says that it has %d"
                        .formatted(input.name(), index, rest.endRow()));
            }
            rows.next();
            chunk.add(row.json(rows));
            chunkBytes += row.bytes();
            if (row.bytes() > Quotas.ITEM_BYTES_MAX) {
                throw new ReadFailed("%s, row %d: it has more than %d bytes, the maximum of an item"
                        .formatted(input.name(), index, Quotas.ITEM_BYTES_MAX));
            }
        }
        return chunk;
    }

    private DecodingMemory.Share share(long bytes) throws InterruptedException {
        progress.waits();
        DecodingMemory.Share share = decoding.memory().take(bytes);
        progress.works();
        return share;
    }

    /// Waits until there is room for a chunk, or until others want the memory more.
    private boolean isTaken(Chunk chunk) throws InterruptedException {
        progress.waits();
        boolean taken = false;
        do {
            taken = chunks.offer(chunk, UNTAKEN_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } while (!taken && !decoding.memory().isWanted());
        progress.works();
        return taken;
    }

    private void put(Chunk chunk) throws InterruptedException {
        progress.waits();
        chunks.put(chunk);
        progress.works();
    }

    private void fail(Throwable thrown) {
        Thread.interrupted();
        if (threads.isShutdown() || stalled) {
            // Closed, or given up: nobody waits for the reason.
            return;
        }
        try {
            put(new Chunk.Failed(thrown));
        } catch (InterruptedException e) {
            // Closed meanwhile.
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
