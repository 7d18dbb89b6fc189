package dev.mapwright.engine.execution;

import dev.mapwright.engine.journal.Cursor;
import dev.mapwright.engine.journal.Entry;
import dev.mapwright.engine.journal.EntrySize;
import dev.mapwright.engine.journal.Frame;
import dev.mapwright.engine.journal.HistoryEvent;
import dev.mapwright.engine.journal.HistoryFull;
import dev.mapwright.engine.journal.Journal;
import dev.mapwright.engine.journal.Note;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The journal of a STANDARD execution: buffers lines and hands them to the store in order.
final class DurableJournal implements Journal {
    /// Nothing stays in the buffer longer than this while the execution goes on without waiting for
    /// anything.
    private static final Duration BUFFERED_MAX = Duration.ofMillis(100);

    private static final int BUFFERED_LINES_MAX = 256;

    /// Characters of JSON in those lines.
    private static final long BUFFERED_CHARS_MAX = 1024 * 1024;

    private final World world;
    private final Store store;
    private final String executionArn;
    private final long fence;
    private final int eventsMax;
    private List<Recorded> buffer = new ArrayList<>(4);
    private long bufferedChars;
    private int nesting;
    private long sequence;
    private long eventId;
    private Receipt last = Receipt.DONE;

    DurableJournal(
            World world, Store store, String executionArn, long fence, Cursor from, int eventsMax) {
        this.world = world;
        this.store = store;
        this.executionArn = executionArn;
        this.fence = fence;
        this.eventsMax = eventsMax;
        this.sequence = from.sequence();
        this.eventId = from.eventId();
    }

    @Override
    public synchronized Recorded append(Frame frame, long previousEventId, Entry entry) {
        Recorded line =
                switch (entry) {
                    case HistoryEvent event ->
                        new Recorded(
                                ++sequence,
                                nextEventId(event),
                                previousEventId,
                                world.now(),
                                frame,
                                event);
                    case Note note -> new Recorded(++sequence, 0, 0, world.now(), frame, note);
                };
        buffer.add(line);
        bufferedChars += EntrySize.chars(entry);
        if (nesting == 0 && isDue(line.at())) {
            flush();
        }
        return line;
    }

    /// The last event that fits is the one that ends the execution.
    private long nextEventId(HistoryEvent event) {
        if (eventId >= eventsMax - 1 && !(event instanceof HistoryEvent.ExecutionEnded)) {
            sequence--;
            throw new HistoryFull(eventsMax);
        }
        return ++eventId;
    }

    private boolean isDue(Instant now) {
        return buffer.size() >= BUFFERED_LINES_MAX
                || bufferedChars >= BUFFERED_CHARS_MAX
                || buffer.getFirst().at().plus(BUFFERED_MAX).isBefore(now);
    }

    @Override
    public synchronized void together(Runnable appends) {
        nesting++;
        try {
            appends.run();
        } finally {
            nesting--;
        }
    }

    @Override
    public synchronized void flush() {
        if (!buffer.isEmpty()) {
            last = store.write(List.of(take()));
        }
    }

    /// What is buffered, for a write that holds more than the journal's lines.
    synchronized Change.Append take() {
        var lines = new Change.Append(executionArn, fence, buffer);
        buffer = new ArrayList<>(4);
        bufferedChars = 0;
        return lines;
    }

    @Override
    public void commit() throws InterruptedException {
        Receipt receipt;
        synchronized (this) {
            flush();
            receipt = last;
        }
        receipt.await();
    }
}
