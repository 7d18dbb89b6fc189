package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.Message.Admitted;
import dev.mapwright.engine.maprun.Message.DispatchingChanged;
import dev.mapwright.engine.maprun.Message.SettingsChanged;
import dev.mapwright.engine.maprun.Message.Stop;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;
import dev.mapwright.engine.store.MapRunRecord.Settings;
import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.Inbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One Distributed Map run.
///
/// ```
/// reader strand                      owner                        children        feeder strand
/// source → selector → batcher → queue → places → launching strand → executions → result sink
/// ```
///
/// The owner waits on one inbox. It alone writes the run's journal, counts, and hands out places;
/// whatever has arrived is handled together and costs one write. An interruption leaves no trace:
/// to the journal it is a crash.
///
/// A run that is stopped ends twice: at once in its record, and once more when its last child has
/// ended and its results are written. In between it winds down, and its counts go on changing.
public final class MapRun {
    private final Surroundings engine;
    private final MapRunRecord run;
    private final ItemSelector selector;
    private final Optional<Pace> paceAtFirst;
    private final Inbox<Message> inbox;
    private final RunPlan plan;
    private final RunJournal journal;
    private volatile Standing standing;
    private volatile Dispatching dispatching;
    private Door door = Door.OPEN;

    MapRun(
            Surroundings engine,
            MapRunRecord run,
            ItemSelector selector,
            Optional<Pace> paceAtFirst) {
        this.engine = engine;
        this.run = run;
        this.selector = selector;
        this.paceAtFirst = paceAtFirst;
        this.inbox = engine.world().inbox();
        this.plan = RunPlan.of(run.plan());
        this.journal =
                RunJournal.open(engine.store(), run, plan, engine.limits().compactionFacts());
        this.standing = Standing.of(journal.progress());
        this.dispatching = journal.progress().dispatching().orElse(Dispatching.UNLIMITED);
    }

    /// What a run's journal says while nobody runs it, as it is for a moment after the start of the
    /// process.
    public static Standing recorded(Store store, MapRunRecord run) {
        var plan = RunPlan.of(run.plan());
        return Standing.of(RunJournal.open(store, run, plan, Integer.MAX_VALUE).progress());
    }

    /// What DescribeMapRun shows of a run under way: counts of items and of children, and the
    /// settings in force.
    ///
    /// @param waitingFrom unsuccessful children from this batch on, up to before `waitingTo`, wait
    ///     to be redriven
    public record Standing(
            Counts items, Counts executions, Settings settings, long waitingFrom, long waitingTo) {
        static Standing of(Progress progress) {
            boolean waiting = progress.halted().isEmpty() && progress.ending().isEmpty();
            return new Standing(
                    progress.tally().items(),
                    progress.tally().executions(),
                    progress.settings(),
                    waiting ? progress.redriveNext() : 0,
                    waiting ? progress.redriveEnd() : 0);
        }

        /// Whether the child of this batch, if it is unsuccessful, waits to be redriven.
        public boolean isWaiting(long batch) {
            return batch >= waitingFrom && batch < waitingTo;
        }

        /// The record of the run as it stands so.
        public MapRunRecord in(
                MapRunRecord run, MapRunRecord.Status status, Optional<Instant> endedAt) {
            return new MapRunRecord(
                    run.arn(),
                    run.executionArn(),
                    run.machineArn(),
                    run.mapState(),
                    run.childType(),
                    status,
                    run.startedAt(),
                    endedAt,
                    settings,
                    run.plan(),
                    items,
                    executions,
                    run.redriven());
        }
    }

    /// Runs from wherever the journal left off: a new run and one whose process died are the same
    /// call. When it returns, the ending is durable in the run's record. A run that had ended
    /// returns its ending again, unless its record says that it was redriven since.
    ///
    /// Succeeded carries the state's result: `{"MapRunArn", "ResultWriterDetails"}` when results
    /// are exported, else the children's outputs in the order of the items.
    public Ending run() throws InterruptedException {
        if (journal.progress().generation() < run.redriveCount()) {
            redrive();
        }
        if (journal.progress().ending().isPresent()) {
            door(Door.CLOSED);
            refuseRest();
            return journal.progress().ending().get();
        }
        var strands = new Strands(engine.world(), run.arn(), inbox);
        var children = new Children(engine.store(), engine.launcher(), run);
        var opener = new BatchSource.Opener(plan, engine.readers(), selector, engine.limits());
        try (var results = new Results(engine, plan, children, strands, inbox)) {
            var owner = new Owner(this, journal, opener, children, results, strands);
            owner.work();
            door(Door.FOR_STOPS);
            return owner.conclude();
        } finally {
            door(Door.CLOSED);
            strands.end();
            refuseRest();
        }
    }

    private void redrive() {
        journal.record(new RunFact.Redriven(
                run.redriveCount(), run.items().total(), run.executions().total()));
        publish(Standing.of(journal.progress()));
        journal.include(List.of(new Change.PutMapRun(
                standing.in(run, MapRunRecord.Status.RUNNING, Optional.empty()))));
        journal.flush();
    }

    /// Lets the run begin to read and to start children, which it does not do by itself. Children
    /// that were running when the process died go on before, and a stop ends it without.
    public void admit() {
        post(new Admitted());
    }

    /// UpdateMapRun. Returns once the change is durable; it is in force by then, in both
    /// directions: a raise starts children at once, a lowering starts none until enough have ended,
    /// and the tolerance is judged again. False when the run is over.
    public boolean adjust(Settings settings) throws InterruptedException {
        return adjust(answer -> new SettingsChanged(settings, answer));
    }

    /// Pauses it, resumes it, or changes its pace. Returns once the change is durable and in force.
    /// False when the run is over.
    public boolean adjust(Dispatching.Change change) throws InterruptedException {
        return adjust(answer -> new DispatchingChanged(change, answer));
    }

    private boolean adjust(Function<Inbox<Optional<Receipt>>, Message> message)
            throws InterruptedException {
        Optional<Receipt> journaled = ask(message);
        if (journaled.isPresent()) {
            journaled.get().await();
        }
        return journaled.isPresent();
    }

    private Optional<Receipt> ask(Function<Inbox<Optional<Receipt>>, Message> message)
            throws InterruptedException {
        Inbox<Optional<Receipt>> answer = engine.world().inbox();
        return post(message.apply(answer))
                ? answer.take(Instant.MAX).orElseThrow()
                : Optional.empty();
    }

    /// The parent was stopped or has timed out, or a sibling of the Map state has failed. The run's
    /// record is ABORTED from here on, while the run itself winds down: no child is started any
    /// more, running STANDARD children are stopped, EXPRESS ones finish, and the results are
    /// written. Returns once that is handed to the store, and `alongside` with it, in one write.
    /// False when the run has come to its end before.
    public boolean stop(Failure why, List<Change> alongside) throws InterruptedException {
        return ask(answer -> new Stop(why, alongside, answer)).isPresent();
    }

    /// Exact at every moment: total = pending + running + succeeded + failed + timedOut + aborted.
    public Standing counts() {
        return standing;
    }

    public Dispatching dispatching() {
        return dispatching;
    }

    void publish(Standing now) {
        standing = now;
    }

    void publish(Dispatching now) {
        dispatching = now;
    }

    Optional<Pace> paceAtFirst() {
        return paceAtFirst;
    }

    Inbox<Message> inbox() {
        return inbox;
    }

    Surroundings engine() {
        return engine;
    }

    MapRunRecord atStart() {
        return run;
    }

    /// Whom the inbox is open for.
    private enum Door {
        OPEN,
        /// There is nothing left to adjust.
        FOR_STOPS,
        CLOSED
    }

    private synchronized boolean post(Message message) {
        boolean enters =
                switch (door) {
                    case OPEN -> true;
                    case FOR_STOPS -> message instanceof Stop;
                    case CLOSED -> false;
                };
        if (enters) {
            inbox.put(message);
        }
        return enters;
    }

    private synchronized void door(Door now) {
        door = now;
    }

    /// Who has just tried to adjust or to stop a run that is over is told so.
    private void refuseRest() throws InterruptedException {
        for (var rest = inbox.take(Instant.EPOCH);
                rest.isPresent();
                rest = inbox.take(Instant.EPOCH)) {
            if (rest.get() instanceof Message.Adjustment adjustment) {
                adjustment.answer().put(Optional.empty());
            }
        }
    }
}
