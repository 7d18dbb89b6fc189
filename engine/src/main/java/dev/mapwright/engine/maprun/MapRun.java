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
    private boolean closed;

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

        MapRunRecord in(MapRunRecord run, MapRunRecord.Status status, Optional<Instant> endedAt) {
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
            closeInbox();
            refuseRest();
            return journal.progress().ending().get();
        }
        var strands = new Strands(engine.world(), run.arn(), inbox);
        var children = new Children(engine.store(), engine.launcher(), run);
        var opener = new BatchSource.Opener(plan, engine.readers(), selector, engine.limits());
        try (var results = new Results(engine, plan, children, strands, inbox)) {
            var owner = new Owner(this, journal, opener, children, results, strands);
            owner.work();
            closeInbox();
            return owner.conclude();
        } finally {
            closeInbox();
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
        Inbox<Optional<Receipt>> answer = engine.world().inbox();
        if (!post(message.apply(answer))) {
            return false;
        }
        var journaled = answer.take(Instant.MAX).orElseThrow();
        if (journaled.isEmpty()) {
            return false;
        }
        journaled.get().await();
        return true;
    }

    /// The parent was stopped or has timed out: no child is started any more, running STANDARD
    /// children are stopped, EXPRESS ones finish, and the run ends ABORTED. Without effect on a run
    /// that is ending already.
    public void stop(Failure why) {
        post(new Stop(why));
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

    private synchronized boolean post(Message message) {
        if (closed) {
            return false;
        }
        inbox.put(message);
        return true;
    }

    private synchronized void closeInbox() {
        closed = true;
    }

    /// Who has just tried to adjust a run that is over is told so.
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
