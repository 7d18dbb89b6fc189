package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.Conclusion.Rest;
import dev.mapwright.engine.maprun.Launching.Order;
import dev.mapwright.engine.maprun.Message.Adjustment;
import dev.mapwright.engine.maprun.Message.Admitted;
import dev.mapwright.engine.maprun.Message.AllFed;
import dev.mapwright.engine.maprun.Message.BatchReady;
import dev.mapwright.engine.maprun.Message.Checkpointed;
import dev.mapwright.engine.maprun.Message.ChildrenEnded;
import dev.mapwright.engine.maprun.Message.Concluded;
import dev.mapwright.engine.maprun.Message.CountedOn;
import dev.mapwright.engine.maprun.Message.DispatchingChanged;
import dev.mapwright.engine.maprun.Message.EarlierChild;
import dev.mapwright.engine.maprun.Message.ExportFailed;
import dev.mapwright.engine.maprun.Message.NoEarlierChildren;
import dev.mapwright.engine.maprun.Message.ReaderEnded;
import dev.mapwright.engine.maprun.Message.ReaderFailed;
import dev.mapwright.engine.maprun.Message.ResultsFed;
import dev.mapwright.engine.maprun.Message.SettingsChanged;
import dev.mapwright.engine.maprun.Message.SourceOpened;
import dev.mapwright.engine.maprun.Message.Stop;
import dev.mapwright.engine.maprun.Message.StrandBroken;
import dev.mapwright.engine.maprun.RunFact.Aborted;
import dev.mapwright.engine.maprun.RunFact.Counted;
import dev.mapwright.engine.maprun.RunFact.Ended;
import dev.mapwright.engine.maprun.RunFact.Halted;
import dev.mapwright.engine.maprun.RunFact.Reason;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The strand that a run belongs to: it takes what has arrived, decides, and hands the whole of it
/// to the store as one write.
final class Owner {
    /// Messages handled together at most, so that nobody waits long for a decision.
    private static final int MESSAGES_PER_WRITE = 4_096;

    private final MapRun mapRun;
    private final Surroundings engine;
    private final MapRunRecord run;
    private final RunJournal journal;
    private final Progress progress;
    private final BatchSource.Opener opener;
    private final Children children;
    private final Results results;
    private final Strands strands;
    private final Inbox<Message> inbox;
    private final Inbox<Order> launching;
    private final InputRoom inputs;
    private final Redispatch redispatch;
    private final WaitingBatches waiting;
    private final List<Inbox<Optional<Receipt>>> adjusters = new ArrayList<>();
    private final List<Strand> readers = new ArrayList<>();
    private final Throttle throttle = new Throttle();
    private boolean admitted;
    private boolean inDoubt;
    private boolean countsAhead;
    private boolean stopsChildren;
    private boolean isConcluding;
    private Optional<Conclusion.Outcome> outcome = Optional.empty();

    /// The time by which it was last decided how many children start.
    private Instant decidedAt = Instant.EPOCH;

    Owner(
            MapRun mapRun,
            RunJournal journal,
            BatchSource.Opener opener,
            Children children,
            Results results,
            Strands strands) {
        this.mapRun = mapRun;
        this.engine = mapRun.engine();
        this.run = mapRun.atStart();
        this.journal = journal;
        this.progress = journal.progress();
        this.opener = opener;
        this.children = children;
        this.results = results;
        this.strands = strands;
        this.inbox = mapRun.inbox();
        this.launching = engine.world().inbox();
        this.inputs = new InputRoom(engine.limits());
        this.redispatch = new Redispatch(engine, journal, children, results, inputs);
        this.waiting = new WaitingBatches(engine, run, journal, inputs);
    }

    /// Runs until every child has ended and none is started any more.
    void work() throws InterruptedException {
        begin();
        settle();
        while (!isOver()) {
            takeUp(wakeAt());
        }
    }

    /// Waits for messages, and handles together what has arrived.
    private void takeUp(Instant until) throws InterruptedException {
        inbox.take(until).ifPresent(this::handle);
        for (int more = 1; more < MESSAGES_PER_WRITE; more++) {
            var next = inbox.take(Instant.EPOCH);
            if (next.isEmpty()) {
                break;
            }
            handle(next.get());
        }
        settle();
    }

    private boolean isOver() {
        boolean nothingToStart = progress.halted().isPresent()
                || progress.isExhausted() && waiting.isEmpty() && !progress.isRedriving();
        return nothingToStart && progress.running() == 0;
    }

    /// Children in flight come first: they hold their places before anything new is dispatched.
    private void begin() throws InterruptedException {
        progress.dispatching().ifPresent(known -> {
            throttle.recover(known, engine.world().now());
            mapRun.publish(known);
        });
        strands.start("launching", new Launching(children, launching, inbox));
        if (progress.running() > 0) {
            long[] open = progress.open();
            inputs.takeAll(open);
            launching.put(new Order.Resume(open));
        }
        stopsChildren = progress.halted().isPresent();
        if (!progress.isUnwritable()) {
            try {
                results.open(progress);
            } catch (WriteFailed failed) {
                exportFailed(failed.getMessage());
            }
        }
    }

    private void admit() {
        admitted = true;
        if (progress.dispatching().isEmpty()) {
            mapRun.paceAtFirst()
                    .ifPresent(pace -> change(new Dispatching.Change.Limit(Optional.of(pace))));
        }
        if (progress.halted().isEmpty() && progress.isRedriving()) {
            readers.add(strands.start("redriver", redispatch.redriver(inbox)));
        }
        if (progress.halted().isEmpty() && !progress.isExhausted()) {
            readers.add(strands.start(
                    "reader", new Reader(opener, progress.unread(), inbox, waiting.room())));
        }
    }

    private void handle(Message message) {
        switch (message) {
            case Admitted() -> admit();
            case SourceOpened(String position) -> sourceOpened(position);
            case BatchReady(ReadyBatch ready) -> batchReady(ready);
            case ReaderEnded(long items, long batches) -> readerEnded(items, batches);
            case ReaderFailed(Failure failure) ->
                halt(new Halted(Reason.FAILED, failure, progress.tally().knownItems()));
            case CountedOn(long items, long batches) ->
                progress.tally().knowAtLeast(items, batches);
            case EarlierChild child -> redispatch.add(child);
            case NoEarlierChildren() -> redispatch.allPassedOn();
            case ChildrenEnded(List<Execution> children) -> children.forEach(this::childEnded);
            case Stop(Failure why, List<Change> alongside, var answer) -> {
                abort(why, alongside);
                adjusters.add(answer);
            }
            case Adjustment adjustment
            when progress.aborted().isPresent() -> adjustment.answer().put(Optional.empty());
            case SettingsChanged(MapRunRecord.Settings settings, var answer) -> {
                adjust(settings);
                adjusters.add(answer);
            }
            case DispatchingChanged(Dispatching.Change change, var answer) -> {
                change(change);
                adjusters.add(answer);
            }
            case Checkpointed(long covered, var checkpoint) ->
                journal.record(new RunFact.Checkpointed(covered, checkpoint));
            case ResultsFed(int count, long bytes) -> results.fed(count, bytes);
            case ExportFailed(String cause) -> exportFailed(cause);
            case AllFed() -> results.allFed();
            case Concluded(Conclusion.Outcome how) -> outcome = Optional.of(how);
            case StrandBroken(RuntimeException reason) -> throw reason;
        }
    }

    private void sourceOpened(String position) {
        if (progress.unread().position().isEmpty() && progress.halted().isEmpty()) {
            waiting.startAt(position);
        }
    }

    private void batchReady(ReadyBatch ready) {
        if (progress.halted().isEmpty()) {
            waiting.add(ready);
        }
    }

    private void readerEnded(long items, long batches) {
        if (progress.halted().isEmpty() && !progress.isCounted()) {
            journal.record(new Counted(items, batches));
        }
    }

    private void childEnded(Execution child) {
        long batch = child.child().orElseThrow().batch();
        journal.record(new Ended(batch, child.status()));
        inputs.free(batch);
        results.add(progress.endings().last(), child);
    }

    private void adjust(MapRunRecord.Settings settings) {
        journal.record(new RunFact.SettingsChanged(settings));
        journal.include(List.of(new Change.PutMapRun(
                standing().in(run, MapRunRecord.Status.RUNNING, Optional.empty()))));
    }

    /// What shows from outside ends here and now. The rest is to wind down. Whoever waits for it
    /// may be interrupted and ask again, which changes nothing.
    private void abort(Failure why, List<Change> alongside) {
        if (progress.aborted().isPresent()) {
            return;
        }
        var now = engine.world().now();
        journal.record(new Aborted(why, now));
        halt(new Halted(Reason.STOPPED, why, progress.tally().knownItems()));
        journal.include(alongside);
        journal.include(List.of(new Change.PutMapRun(
                standing().in(run, MapRunRecord.Status.ABORTED, Optional.of(now)))));
    }

    private void change(Dispatching.Change change) {
        var now = engine.world().now();
        var before = progress.dispatching().orElse(Dispatching.UNLIMITED);
        var after = before.after(change, now);
        if (!after.equals(before)) {
            journal.record(new RunFact.DispatchingChanged(after));
            throttle.follow(after, now);
            mapRun.publish(after);
        }
    }

    private void exportFailed(String cause) {
        results.abandon();
        halt(new Halted(Reason.UNWRITABLE, Failure.of("States.ResultWriterFailed", cause), 0));
    }

    /// Only the first reason counts.
    private void halt(Halted halted) {
        if (progress.halted().isEmpty()) {
            journal.record(halted);
            waiting.clear();
            redispatch.clear();
            readers.forEach(Strand::cancel);
            stopsChildren = true;
        }
    }

    private void stopChildren() {
        if (stopsChildren && run.childType() == Execution.Type.STANDARD && progress.running() > 0) {
            launching.put(new Order.Stop(
                    progress.open(), progress.halted().orElseThrow().failure()));
        }
        stopsChildren = false;
    }

    /// Draws the consequences of what was handled, writes, and tells everybody.
    private void settle() {
        decidedAt = engine.world().now();
        judge();
        var redispatched = redispatch();
        judge();
        var dispatched = dispatch();
        var receipt = journal.flush();
        if (!redispatched.isEmpty()) {
            launching.put(new Order.Relaunch(receipt, redispatched));
        }
        if (!dispatched.isEmpty()) {
            launching.put(new Order.Launch(receipt, dispatched));
        }
        stopChildren();
        results.flush();
        mapRun.publish(standing());
        adjusters.forEach(adjuster -> adjuster.put(Optional.of(receipt)));
        adjusters.clear();
    }

    private void judge() {
        if (isConcluding || progress.halted().isPresent()) {
            return;
        }
        var tally = progress.tally();
        long itemsMax = progress.isCounted() ? tally.knownItems() : opener.itemsMax();
        switch (Tolerance.judge(
                progress.settings(), tally.failedItems(), tally.knownItems(), itemsMax)) {
            case WITHIN -> inDoubt = false;
            case IN_DOUBT -> {
                inDoubt = true;
                countAhead();
            }
            case EXCEEDED -> halt(new Halted(Reason.FAILED, Tolerance.BREACH, Long.MAX_VALUE));
        }
    }

    private void countAhead() {
        if (!countsAhead) {
            countsAhead = true;
            readers.add(strands.start("counter", new Counter(opener, waiting.next(), inbox)));
        }
    }

    private boolean mayDispatch() {
        return admitted && !inDoubt && progress.halted().isEmpty() && results.hasRoom();
    }

    /// As many as the pace leaves of them.
    private int freePlaces() {
        int places =
                engine.limits().places(progress.settings().maxConcurrency()) - progress.running();
        return Math.min(places, throttle.allowed(decidedAt));
    }

    /// When the pace lets the next child start. Asked for the moment of the last decision: what the
    /// pace has come to allow since then is waited for no longer, and must not be taken for
    /// something that was there and could not be used.
    private Instant wakeAt() {
        return mayDispatch() ? throttle.nextAfter(decidedAt) : Instant.MAX;
    }

    private List<Execution> redispatch() {
        if (!progress.isRedriving() || !mayDispatch()) {
            return List.of();
        }
        var redispatched = redispatch.dispatch(freePlaces());
        throttle.spend(redispatched.size(), decidedAt);
        return redispatched;
    }

    private List<Execution> dispatch() {
        if (waiting.isEmpty() || progress.isRedriving() || !mayDispatch()) {
            return List.of();
        }
        var dispatched = waiting.dispatch(freePlaces());
        throttle.spend(dispatched.size(), decidedAt);
        return dispatched;
    }

    private MapRun.Standing standing() {
        return MapRun.Standing.of(progress);
    }

    /// Writes the results and ends the run. A process that dies here does all of it again.
    Ending conclude() throws InterruptedException {
        readers.forEach(Strand::cancel);
        results.noMore();
        while (!results.areFed()) {
            takeUp(Instant.MAX);
        }
        journal.flush().await();
        isConcluding = true;
        strands.start(
                "conclusion",
                new Conclusion(opener, children, Rest.of(progress), results.sink(), inbox));
        while (outcome.isEmpty()) {
            takeUp(Instant.MAX);
        }
        return new Finish(mapRun, journal).write(outcome.get());
    }
}
