package dev.mapwright.engine.maprun;

import dev.mapwright.engine.maprun.RunFact.Dispatched;
import dev.mapwright.engine.maprun.RunFact.ReadTo;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Batches that were read and wait for a place, and room for their inputs. The reader stops where
/// there is no [QueueRoom].
final class WaitingBatches {
    private final ChildLauncher launcher;
    private final MapRunRecord run;
    private final RunJournal journal;
    private final InputRoom inputs;
    private final QueueRoom room;
    private final Deque<ReadyBatch> queue = new ArrayDeque<>();
    private BatchSource.Start next;

    WaitingBatches(Surroundings engine, MapRunRecord run, RunJournal journal, InputRoom inputs) {
        this.launcher = engine.launcher();
        this.run = run;
        this.journal = journal;
        this.inputs = inputs;
        this.room = new QueueRoom(engine.world(), engine.limits());
        this.next = journal.progress().unread();
    }

    QueueRoom room() {
        return room;
    }

    /// Where the first batch begins that has not come yet.
    BatchSource.Start next() {
        return next;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /// The dataset is open, at the place where it begins.
    void startAt(String position) {
        journal.record(new ReadTo(position));
        next = new BatchSource.Start(Optional.of(position), next.batch(), next.item());
    }

    void add(ReadyBatch ready) {
        var batch = ready.batch();
        queue.add(ready);
        next = new BatchSource.Start(
                Optional.of(batch.position()),
                batch.index() + 1,
                batch.firstItem() + batch.itemCount());
        journal.progress().tally().knowAtLeast(next.item(), next.batch());
    }

    void clear() {
        queue.clear();
    }

    /// Records the children of as many batches as there are places, and room for inputs.
    ///
    /// @return the children, to be launched once that is written
    List<Execution> dispatch(int places) {
        var dispatched = new ArrayList<Execution>();
        long bytes = 0;
        var position = "";
        while (dispatched.size() < places
                && !queue.isEmpty()
                && inputs.has(queue.peek().bytes())) {
            var ready = queue.remove();
            var batch = ready.batch();
            var child = launcher.child(run, batch);
            journal.record(new Dispatched(batch.index(), batch.firstItem(), batch.itemCount()));
            journal.include(launcher.creation(child));
            dispatched.add(child);
            inputs.take(batch.index(), ready.bytes());
            bytes += ready.bytes();
            position = batch.position();
        }
        if (!dispatched.isEmpty()) {
            journal.record(new ReadTo(position));
            room.free(dispatched.size(), bytes);
        }
        return dispatched;
    }
}
