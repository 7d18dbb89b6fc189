package dev.mapwright.engine.maprun;

import dev.mapwright.engine.maprun.Message.BatchReady;
import dev.mapwright.engine.maprun.Message.ReaderEnded;
import dev.mapwright.engine.maprun.Message.ReaderFailed;
import dev.mapwright.engine.maprun.Message.SourceOpened;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

/// The strand that reads: it makes batches as long as the owner has room for them.
final class Reader implements World.Body {
    private final BatchSource.Opener opener;
    private final BatchSource.Start start;
    private final Inbox<Message> owner;
    private final QueueRoom room;

    Reader(
            BatchSource.Opener opener,
            BatchSource.Start start,
            Inbox<Message> owner,
            QueueRoom room) {
        this.opener = opener;
        this.start = start;
        this.owner = owner;
        this.room = room;
    }

    @Override
    public void run() throws InterruptedException {
        try (var source = opener.open(start)) {
            owner.put(new SourceOpened(source.position()));
            for (var ready = source.next(); ready.isPresent(); ready = source.next()) {
                room.take(ready.get().bytes());
                owner.put(new BatchReady(ready.get()));
            }
            owner.put(new ReaderEnded(source.items(), source.batches()));
        } catch (ItemsFailed failed) {
            owner.put(new ReaderFailed(failed.failure()));
        }
    }
}
