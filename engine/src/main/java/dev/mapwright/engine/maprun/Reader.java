package dev.mapwright.engine.maprun;

import dev.mapwright.engine.maprun.Message.BatchReady;
import dev.mapwright.engine.maprun.Message.ReaderEnded;
import dev.mapwright.engine.maprun.Message.ReaderFailed;
import dev.mapwright.engine.maprun.Message.SourceOpened;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.time.Instant;

/// The strand that reads: it makes batches as long as the owner has room for them. The room it gets
/// back is all that flows upstream.
final class Reader implements World.Body {
    private final BatchSource.Opener opener;
    private final BatchSource.Start start;
    private final Limits limits;
    private final Inbox<Message> owner;
    private final Inbox<Room> room;
    private int queuedBatches;
    private long queuedBytes;

    Reader(
            BatchSource.Opener opener,
            BatchSource.Start start,
            Inbox<Message> owner,
            Inbox<Room> room) {
        this.opener = opener;
        this.start = start;
        this.limits = opener.limits();
        this.owner = owner;
        this.room = room;
    }

    /// Batches that have left the queue, and the bytes of their inputs.
    record Room(int batches, long bytes) {}

    @Override
    public void run() throws InterruptedException {
        try (var source = opener.open(start)) {
            owner.put(new SourceOpened(source.position()));
            for (var ready = source.next(); ready.isPresent(); ready = source.next()) {
                awaitRoom(ready.get().bytes());
                queuedBatches++;
                queuedBytes += ready.get().bytes();
                owner.put(new BatchReady(ready.get()));
            }
            owner.put(new ReaderEnded(source.items(), source.batches()));
        } catch (ItemsFailed failed) {
            owner.put(new ReaderFailed(failed.failure()));
        }
    }

    private void awaitRoom(int bytes) throws InterruptedException {
        while (queuedBatches >= limits.queuedBatchesMax()
                || queuedBatches > 0 && queuedBytes + bytes > limits.queuedBytesMax()) {
            var freed = room.take(Instant.MAX).orElseThrow();
            queuedBatches -= freed.batches();
            queuedBytes -= freed.bytes();
        }
    }
}
