package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.RunFact.Halted;

import java.util.Optional;
import java.util.OptionalLong;

/// How a run ends once its last child has: what was never started is written as PENDING, the result
/// files are completed, or the state's result is put together.
final class Conclusion {
    private final BatchSource.Opener opener;
    private final Children children;
    private final Progress progress;
    private boolean written = true;
    private boolean exported;

    Conclusion(BatchSource.Opener opener, Children children, Progress progress) {
        this.opener = opener;
        this.children = children;
        this.progress = progress;
    }

    /// @param sink present when results are exported and nothing went wrong with that so far
    Ending reach(Optional<ResultSink> sink) throws InterruptedException {
        written = sink.isPresent() || opener.plan().writer().isEmpty();
        Ending ending = end(sink);
        exported = written && sink.isPresent();
        return ending;
    }

    private Ending end(Optional<ResultSink> sink) throws InterruptedException {
        if (progress.halted().isPresent()) {
            return afterHalt(progress.halted().get(), sink);
        }
        return sink.isPresent()
                ? export(sink.get())
                : StateResult.of(children, opener, progress.dispatchedBatches());
    }

    private Ending afterHalt(Halted halted, Optional<ResultSink> sink) throws InterruptedException {
        try {
            if (sink.isPresent()) {
                passEarlier(sink.get());
            }
            if (written) {
                passPending(halted.pendingItems(), sink);
            }
            if (sink.isPresent()) {
                sink.get().finish();
            }
        } catch (WriteFailed failed) {
            written = false;
        }
        return switch (halted.reason()) {
            case STOPPED -> new Ending.Aborted(halted.failure());
            case FAILED, UNWRITABLE -> new Ending.Failed(halted.failure());
        };
    }

    /// Children of earlier generations that have not had their turn are what they were, and stand
    /// in the results of this generation, too.
    private void passEarlier(ResultSink sink) throws WriteFailed, InterruptedException {
        if (!progress.isRedriving()) {
            return;
        }
        var earlier = EarlierChildren.find(children, progress.earlier());
        long number = progress.endings().last();
        for (OptionalLong next = earlier.next(progress.redriveNext());
                next.isPresent();
                next = earlier.next(next.getAsLong() + 1)) {
            sink.accept(new ChildResult(++number, children.load(next.getAsLong())));
        }
    }

    /// Reads the items that were not started once more, and counts them and writes them as PENDING.
    /// Where they cannot be read that is the end of them: the run has its failure already.
    private void passPending(long itemsMax, Optional<ResultSink> sink)
            throws WriteFailed, InterruptedException {
        var start = progress.unread();
        if (start.item() >= itemsMax || progress.isExhausted()) {
            return;
        }
        try (var source = opener.open(start)) {
            try {
                passPending(source, itemsMax, sink);
            } finally {
                progress.tally().knowExactly(source.items(), source.batches());
            }
        } catch (ItemsFailed failed) {
            return;
        }
    }

    private void passPending(BatchSource source, long itemsMax, Optional<ResultSink> sink)
            throws ItemsFailed, WriteFailed, InterruptedException {
        while (source.items() < itemsMax) {
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
            written = false;
            return new Ending.Failed(Failure.of("States.ResultWriterFailed", failed.getMessage()));
        }
    }

    /// Whether every result of this generation is in its files.
    boolean isExported() {
        return exported;
    }

    /// The final counts, with one result written for each child, whether it was started or not.
    MapRun.Standing standing() {
        var tally = progress.tally();
        return written
                ? new MapRun.Standing(
                        tally.itemsWritten(), tally.executionsWritten(), progress.settings(), 0, 0)
                : MapRun.Standing.of(progress);
    }
}
