package dev.mapwright.engine.maprun;

import dev.mapwright.engine.maprun.Message.AllFed;
import dev.mapwright.engine.maprun.Message.Checkpointed;
import dev.mapwright.engine.maprun.Message.ExportFailed;
import dev.mapwright.engine.maprun.Message.ResultsFed;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.time.Instant;
import java.util.List;

/// The strand that feeds the result sink in the order of the endings, so that an upload holds up
/// nobody else. It ends when it is told that nothing more comes, or at the first result that cannot
/// be written.
final class Feeder implements World.Body {
    private final Children children;
    private final ResultSink sink;
    private final Inbox<Feed> feeds;
    private final Inbox<Message> owner;

    Feeder(Children children, ResultSink sink, Inbox<Feed> feeds, Inbox<Message> owner) {
        this.children = children;
        this.sink = sink;
        this.feeds = feeds;
        this.owner = owner;
    }

    sealed interface Feed {
        record Results(List<ChildResult> results, long bytes) implements Feed {}

        /// Endings of an earlier process that no checkpoint covers: their children are read from
        /// the store.
        ///
        /// @param number of the first one
        record Recalled(long number, long[] batches) implements Feed {}

        record NoMore() implements Feed {}
    }

    @Override
    public void run() throws InterruptedException {
        try {
            while (true) {
                switch (feeds.take(Instant.MAX).orElseThrow()) {
                    case Feed.Results(List<ChildResult> results, long bytes) -> {
                        for (var result : results) {
                            accept(result);
                        }
                        owner.put(new ResultsFed(results.size(), bytes));
                    }
                    case Feed.Recalled(long number, long[] batches) -> recall(number, batches);
                    case Feed.NoMore() -> {
                        owner.put(new AllFed());
                        return;
                    }
                }
            }
        } catch (WriteFailed failed) {
            owner.put(new ExportFailed(failed.getMessage()));
        }
    }

    private void recall(long number, long[] batches) throws WriteFailed, InterruptedException {
        for (int each = 0; each < batches.length; each++) {
            accept(new ChildResult(number + each, children.load(batches[each])));
        }
    }

    private void accept(ChildResult result) throws WriteFailed, InterruptedException {
        sink.accept(result)
                .ifPresent(reached ->
                        owner.put(new Checkpointed(reached.covered(), reached.checkpoint())));
    }
}
