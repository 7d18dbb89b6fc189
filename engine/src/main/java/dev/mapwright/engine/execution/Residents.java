package dev.mapwright.engine.execution;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.interpreter.Interpreter;
import dev.mapwright.engine.interpreter.Interruption;
import dev.mapwright.engine.journal.Cursor;
import dev.mapwright.engine.journal.Frame;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionRedriven;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.World;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The executions that this process runs, each on a strand of its own but for those that a [Crew]
/// runs.
final class Residents {
    private final World world;
    private final Store store;
    private final Definitions definitions;
    private final Lives lives;
    private final Crew crew;
    private final Quotas quotas;
    private final Stops stops;
    private final ExecutionListener listener;
    private final ChildEndings childEndings;
    private final Map<String, Resident> byArn = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Residents(
            World world,
            Store store,
            Definitions definitions,
            Interpreter interpreter,
            ExecutionListener listener,
            Quotas quotas) {
        this.world = world;
        this.store = store;
        this.definitions = definitions;
        this.lives = new Lives(world, definitions, interpreter);
        this.crew = new Crew(world, store, definitions, lives, listener, quotas);
        this.quotas = quotas;
        this.stops = new Stops(store);
        this.listener = listener;
        this.childEndings = new ChildEndings(world, this::concludeChildren);
    }

    Optional<Resident> find(String executionArn) {
        return Optional.ofNullable(byArn.get(executionArn));
    }

    /// Runs an execution of which nothing but its start is recorded.
    ///
    /// @param whenEnded told once, with the record as it was handed to the store
    Resident begin(Execution execution, Consumer<Execution> whenEnded) {
        listener.started(execution);
        return fromStart(execution, ended -> ended.forEach(whenEnded));
    }

    /// Runs children of one run, of which nothing but their start is recorded.
    ///
    /// @param whenEnded told of each of them once, of one or of several at a time, with the records
    ///     as they were handed to the store
    void begin(List<Execution> children, Consumer<List<Execution>> whenEnded) {
        if (definitions.program(children.getFirst()).onlyComputes()) {
            crew.begin(children, whenEnded);
        } else {
            for (Execution child : children) {
                listener.started(child);
                fromStart(child, whenEnded);
            }
        }
    }

    private Resident fromStart(Execution execution, Consumer<List<Execution>> whenEnded) {
        Cursor start = Cursor.start(execution.input());
        return run(
                new Resident(execution, whenEnded),
                switch (execution.type()) {
                    case STANDARD -> {
                        var journal = journal(execution, 0, start);
                        yield resident -> live(resident, start, journal);
                    }
                    case EXPRESS -> this::liveUnkept;
                });
    }

    /// Runs an execution from wherever its journal left off; an EXPRESS one, which has none, from
    /// the start.
    Resident resume(Execution execution, Consumer<List<Execution>> whenEnded) {
        return switch (execution.type()) {
            case EXPRESS -> fromStart(execution, whenEnded);
            case STANDARD -> {
                var resident = new Resident(execution, whenEnded);
                stops.find(execution).ifPresent(resident::stop);
                yield run(resident, this::goOn);
            }
        };
    }

    /// Runs an execution whose record says that it was redriven just now.
    Resident redrive(Execution execution, Consumer<List<Execution>> whenEnded) {
        listener.redriven(execution);
        return resume(execution, whenEnded);
    }

    /// Stops it, now or in whatever process goes on with it.
    void stop(Resident resident, Failure why) {
        resident.stop(why, () -> stops.note(resident.execution(), why));
    }

    Stops stops() {
        return stops;
    }

    private Resident run(Resident resident, Life life) {
        if (closed) {
            return resident;
        }
        Execution execution = resident.execution();
        byArn.put(execution.arn(), resident);
        if (execution.child().isPresent()) {
            childEndings.begun(execution);
        }
        if (definitions.isDeleting(execution.machineArn())) {
            resident.machineDeleted();
        }
        stops.early(execution).ifPresent(resident::stop);
        resident.runsOn(world.start(execution.arn(), () -> life.live(resident)));
        return resident;
    }

    private interface Life {
        void live(Resident resident) throws InterruptedException;
    }

    /// Where the journal has an ending but the record has none, the execution is a redriven child,
    /// whose map run recorded no more than that. Done on the execution's own strand, for taking a
    /// journal over waits for the disk.
    private void goOn(Resident resident) throws InterruptedException {
        Execution execution = resident.execution();
        long fence = store.claim(execution.arn());
        var lines = new JournalPages(store, execution.arn());
        Cursor cursor = Cursor.fold(lines);
        var journal = journal(execution, fence, cursor);
        if (cursor.ending().isPresent()) {
            Recorded redriven = journal.append(
                    Frame.ROOT, cursor.eventId(), new ExecutionRedriven(execution.redriveCount()));
            cursor = Cursor.fold(lines, redriven);
        }
        live(resident, cursor, journal);
    }

    private DurableJournal journal(Execution execution, long fence, Cursor from) {
        return new DurableJournal(
                world, store, execution.arn(), fence, from, quotas.historyEventsMax());
    }

    /// The rest of an execution's life in this process. Interrupted by a shutdown it just leaves.
    private void live(Resident resident, Cursor from, DurableJournal journal)
            throws InterruptedException {
        Execution execution = resident.execution();
        Optional<Execution> ended = lives.toEnd(execution, from, journal, resident.halt());
        resident.finish();
        if (ended.isEmpty()) {
            leave(resident);
            return;
        }
        var changes = new ArrayList<Change>();
        changes.add(journal.take());
        changes.add(new Change.PutExecution(ended.get()));
        if (resident.isStopped()) {
            changes.add(Stops.done(execution));
        }
        conclude(resident, ended.get(), changes);
    }

    private void liveUnkept(Resident resident) throws InterruptedException {
        Execution execution = resident.execution();
        Cursor start = Cursor.start(execution.input());
        Optional<Execution> ended =
                lives.toEnd(execution, start, new UnkeptJournal(world), resident.halt());
        resident.finish();
        if (ended.isEmpty()) {
            leave(resident);
            return;
        }
        conclude(resident, ended.get(), List.of(new Change.PutExecution(ended.get())));
    }

    /// It goes on elsewhere or later.
    private void leave(Resident resident) {
        Execution execution = resident.execution();
        byArn.remove(execution.arn(), resident);
        if (execution.child().isPresent()) {
            childEndings.left(execution);
        }
    }

    private void conclude(Resident resident, Execution ended, List<Change> changes)
            throws InterruptedException {
        if (ended.child().isPresent()) {
            childEndings.ended(new ChildEndings.Ended(resident, ended, changes));
            return;
        }
        store.write(changes).await();
        definitions.dropIfDeleting(ended.machineArn());
        tell(resident, ended);
        resident.owner().accept(List.of(ended));
    }

    /// Children of one run. Their ends need not be awaited: what the run writes about them comes
    /// after them.
    private void concludeChildren(List<ChildEndings.Ended> children) {
        store.write(children.stream().flatMap(child -> child.changes().stream()).toList());
        children.forEach(child -> tell(child.resident(), child.execution()));
        Consumer<List<Execution>> owner = children.getFirst().resident().owner();
        owner.accept(children.stream().map(ChildEndings.Ended::execution).toList());
    }

    private void tell(Resident resident, Execution ended) {
        byArn.remove(ended.arn(), resident);
        listener.ended(ended);
        resident.ended(ended);
    }

    /// How many run here of this type.
    int count(Execution.Type type) {
        long alone = byArn.values().stream()
                .filter(resident -> resident.execution().type() == type)
                .count();
        return (int) alone + crew.running(type);
    }

    /// What runs of this machine, map runs' children too, ends at its next transition.
    void endAllOf(String machineArn) {
        byArn.values().stream()
                .filter(resident ->
                        Machine.unlabelled(resident.execution().machineArn()).equals(machineArn))
                .forEach(Resident::machineDeleted);
    }

    /// Interrupts all; none of them leaves a trace, but those that have ended do.
    void shutDown() {
        closed = true;
        childEndings.releaseAll();
        crew.shutDown();
        byArn.values().forEach(resident -> resident.interrupt(new Interruption.ShuttingDown()));
    }
}
