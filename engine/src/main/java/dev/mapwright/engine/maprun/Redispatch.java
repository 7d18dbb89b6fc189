package dev.mapwright.engine.maprun;

import dev.mapwright.engine.maprun.Message.EarlierChild;
import dev.mapwright.engine.maprun.RunFact.Redispatched;
import dev.mapwright.engine.maprun.RunFact.RedriveEnded;
import dev.mapwright.engine.maprun.RunFact.Retained;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.world.Inbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The owner's part in a redrive: children of earlier generations run again in the order of their
/// batches, before anything that was never started. Used by the owner alone.
final class Redispatch {
    private final Surroundings engine;
    private final RunJournal journal;
    private final Progress progress;
    private final Children children;
    private final Results results;
    private final InputRoom inputs;
    private final QueueRoom room;
    private final Deque<EarlierChild> queue = new ArrayDeque<>();
    private boolean allPassedOn;

    Redispatch(
            Surroundings engine,
            RunJournal journal,
            Children children,
            Results results,
            InputRoom inputs) {
        this.engine = engine;
        this.journal = journal;
        this.progress = journal.progress();
        this.children = children;
        this.results = results;
        this.inputs = inputs;
        this.room = new QueueRoom(engine.world(), engine.limits());
    }

    Redriver redriver(Inbox<Message> owner) {
        return new Redriver(children, progress.earlier(), owner, room);
    }

    void add(EarlierChild child) {
        if (progress.halted().isEmpty()) {
            queue.add(child);
        }
    }

    void allPassedOn() {
        allPassedOn = true;
    }

    void clear() {
        queue.clear();
    }

    /// Records who runs again and who stays as it is, as far as there are places.
    ///
    /// @param free how many places there are
    /// @return the children to be launched once this is durable
    List<Execution> dispatch(int free) {
        var running = new ArrayList<Execution>();
        int count = 0;
        long bytes = 0;
        while (!queue.isEmpty()) {
            EarlierChild next = queue.peek();
            long inputBytes = next.child().input().text().length();
            switch (next.turn()) {
                case STAYS -> retain(next.child());
                case RUNS_AGAIN -> {
                    if (running.size() >= free || !inputs.has(inputBytes)) {
                        room.free(count, bytes);
                        return running;
                    }
                    inputs.take(next.child().child().orElseThrow().batch(), inputBytes);
                    running.add(runAgain(next.child()));
                }
            }
            queue.remove();
            count++;
            bytes += inputBytes;
        }
        room.free(count, bytes);
        if (allPassedOn && progress.isRedriving()) {
            journal.record(new RedriveEnded());
        }
        return running;
    }

    private Execution runAgain(Execution child) {
        Execution redriven = engine.launcher().redriven(child);
        var place = child.child().orElseThrow();
        journal.record(new Redispatched(place.batch(), place.itemCount(), child.status()));
        journal.include(List.of(new Change.PutExecution(redriven)));
        return redriven;
    }

    private void retain(Execution child) {
        var place = child.child().orElseThrow();
        journal.record(new Retained(place.batch(), place.itemCount(), child.status()));
        results.add(progress.endings().last(), child);
    }
}
