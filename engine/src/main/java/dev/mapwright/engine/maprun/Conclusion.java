package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.RunFact.Halted;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.util.Optional;
import java.util.OptionalLong;

/// The strand that brings a run to its end once its last child has ended: what was never started is
/// written as PENDING, the result files are completed, or the state's result is put together. That
/// may take long, and meanwhile the owner listens.
final class Conclusion implements World.Body {
    private final BatchSource.Opener opener;
    private final Children children;
    private final Rest rest;
    private final Optional<ResultSink> sink;
    private final Inbox<Message> owner;
    private Written written;
    private Optional<Known> known = Optional.empty();

    /// @param sink present when results are exported and nothing went wrong with that so far
    Conclusion(
            BatchSource.Opener opener,
            Children children,
            Rest rest,
            Optional<ResultSink> sink,
            Inbox<Message> owner) {
        this.opener = opener;
        this.children = children;
        this.rest = rest;
        this.sink = sink;
        this.owner = owner;
        this.written = sink.isPresent()
                ? Written.EXPORTED
                : opener.plan().writer().isEmpty() ? Written.KEPT : Written.INCOMPLETE;
    }

    /// Where a run stands in which nothing runs and nothing is started any more.
    ///
    /// @param earlier children of earlier generations that have not had their turn
    /// @param lastEnding its number
    record Rest(
            Optional<Halted> halted,
            EarlierChildren.Range earlier,
            long lastEnding,
            long dispatchedBatches,
            BatchSource.Start unread,
            long unreadItemsMax) {
        static Rest of(Progress progress) {
            long pendingItems = progress.halted().map(Halted::pendingItems).orElse(0L);
            return new Rest(
                    progress.halted(),
                    progress.earlier(),
                    progress.endings().last(),
                    progress.dispatchedBatches(),
                    progress.unread(),
                    progress.isExhausted() ? 0 : pendingItems);
        }
    }

    /// @param ending of a run that is not aborted meanwhile
    /// @param known where items that were never started have been counted
    record Outcome(Ending ending, Written written, Optional<Known> known) {}

    /// How large the dataset is, as far as the run has come to know it.
    record Known(long items, long batches) {}

    /// What became of the results.
    enum Written {
        /// Every result of this generation is in its files.
        EXPORTED,
        /// Nothing is exported: the children's records hold the results.
        KEPT,
        INCOMPLETE
    }

    @Override
    public void run() throws InterruptedException {
        Ending ending = ending();
        owner.put(new Message.Concluded(new Outcome(ending, written, known)));
    }

    private Ending ending() throws InterruptedException {
        if (rest.halted().isPresent()) {
            return afterHalt(rest.halted().get());
        }
        return sink.isPresent()
                ? export(sink.get())
                : StateResult.of(children, opener, rest.dispatchedBatches());
    }

    private Ending afterHalt(Halted halted) throws InterruptedException {
        try {
            if (sink.isPresent()) {
                passEarlier(sink.get());
            }
            if (written != Written.INCOMPLETE) {
                passPending();
            }
            if (sink.isPresent()) {
                sink.get().finish();
            }
        } catch (WriteFailed failed) {
            written = Written.INCOMPLETE;
        }
        return switch (halted.reason()) {
            case STOPPED -> new Ending.Aborted(halted.failure());
            case FAILED, UNWRITABLE -> new Ending.Failed(halted.failure());
        };
    }

    /// Children of earlier generations that have not had their turn are what they were, and stand
    /// in the results of this generation, too.
    private void passEarlier(ResultSink sink) throws WriteFailed, InterruptedException {
        if (rest.earlier().from() >= rest.earlier().to()) {
            return;
        }
        var earlier = EarlierChildren.find(children, rest.earlier());
        long number = rest.lastEnding();
        for (OptionalLong next = earlier.next(rest.earlier().from());
                next.isPresent();
                next = earlier.next(next.getAsLong() + 1)) {
            sink.accept(new ChildResult(++number, children.load(next.getAsLong())));
        }
    }

    /// Reads the items that were not started once more, and counts them and writes them as PENDING.
    /// Where they cannot be read that is the end of them: the run has its failure already.
    private void passPending() throws WriteFailed, InterruptedException {
        if (rest.unread().item() >= rest.unreadItemsMax()) {
            return;
        }
        try (var source = opener.open(rest.unread())) {
            try {
                passPending(source);
            } finally {
                known = Optional.of(new Known(source.items(), source.batches()));
            }
        } catch (ItemsFailed failed) {
            return;
        }
    }

    private void passPending(BatchSource source)
            throws ItemsFailed, WriteFailed, InterruptedException {
        while (source.items() < rest.unreadItemsMax()) {
            var ready = source.next();
            if (ready.isEmpty()) {
                return;
            }
            if (sink.isPresent()) {
                sink.get().acceptPending(ready.get().batch().input());
            }
        }
    }

    private Ending export(ResultSink sink) throws InterruptedException {
        try {
            var details = sink.finish();
            return new Ending.Succeeded(Json.ofText(
                    "{\"MapRunArn\":" + Json.of(children.run().arn()).text()
                            + ",\"ResultWriterDetails\":" + details.text() + "}"));
        } catch (WriteFailed failed) {
            written = Written.INCOMPLETE;
            return new Ending.Failed(Failure.of("States.ResultWriterFailed", failed.getMessage()));
        }
    }
}
