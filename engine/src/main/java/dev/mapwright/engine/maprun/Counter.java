package dev.mapwright.engine.maprun;

import dev.mapwright.engine.maprun.Message.CountedOn;
import dev.mapwright.engine.maprun.Message.ReaderEnded;
import dev.mapwright.engine.maprun.Message.ReaderFailed;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

/// The strand that reads ahead of the reader and only counts, holding nothing, while it is in doubt
/// whether failures exceed the tolerated percentage. Started at most once in a run; it counts on to
/// the end of the dataset.
final class Counter implements World.Body {
    private static final int BATCHES_PER_REPORT = 1_000;

    private final BatchSource.Opener opener;
    private final BatchSource.Start start;
    private final Inbox<Message> owner;

    Counter(BatchSource.Opener opener, BatchSource.Start start, Inbox<Message> owner) {
        this.opener = opener;
        this.start = start;
        this.owner = owner;
    }

    @Override
    public void run() throws InterruptedException {
        try (var source = opener.open(start)) {
            while (source.next().isPresent()) {
                if (source.batches() % BATCHES_PER_REPORT == 0) {
                    owner.put(new CountedOn(source.items(), source.batches()));
                }
            }
            owner.put(new ReaderEnded(source.items(), source.batches()));
        } catch (ItemsFailed failed) {
            owner.put(new ReaderFailed(failed.failure()));
        }
    }
}
