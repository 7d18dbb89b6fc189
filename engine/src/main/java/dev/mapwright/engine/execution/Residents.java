package dev.mapwright.engine.execution;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.interpreter.Interpreter;
import dev.mapwright.engine.interpreter.Interruption;
import dev.mapwright.engine.journal.Cursor;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.Frame;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionEnded;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionRedriven;
import dev.mapwright.engine.journal.Journal;
import dev.mapwright.engine.journal.LeaseLost;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.World;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The executions that this process runs, each on a strand of its own.
final class Residents {
    private static final Logger LOG = System.getLogger(Residents.class.getName());

    private final World world;
    private final Store store;
    private final Definitions definitions;
    private final Interpreter interpreter;
    private final Quotas quotas;
    private final Stops stops;
    private final ExecutionListener listener;
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
        this.interpreter = interpreter;
        this.quotas = quotas;
        this.stops = new Stops(store);
        this.listener = listener;
    }

    Optional<Resident> find(String executionArn) {
        return Optional.ofNullable(byArn.get(executionArn));
    }

    /// Runs an execution of which nothing but its start is recorded.
    ///
    /// @param whenEnded told once, with the record as it was handed to the store
    Resident begin(Execution execution, Consumer<Execution> whenEnded) {
        listener.started(execution);
        return fromStart(execution, whenEnded);
    }

    private Resident fromStart(Execution execution, Consumer<Execution> whenEnded) {
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
    Resident resume(Execution execution, Consumer<Execution> whenEnded) {
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
    Resident redrive(Execution execution, Consumer<Execution> whenEnded) {
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
        var lines = new ArrayList<Recorded>();
        new JournalPages(store, execution.arn()).forEach(lines::add);
        Cursor cursor = Cursor.fold(lines);
        var journal = journal(execution, fence, cursor);
        if (cursor.ending().isPresent()) {
            lines.add(journal.append(
                    Frame.ROOT, cursor.eventId(), new ExecutionRedriven(execution.redriveCount())));
            cursor = Cursor.fold(lines);
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
        Optional<Ending> ending = interpret(resident, from, journal);
        resident.finish();
        if (ending.isPresent()) {
            Execution ended = ended(execution, ending.get());
            var changes = new ArrayList<Change>();
            changes.add(journal.take());
            changes.add(new Change.PutExecution(ended));
            if (resident.isStopped()) {
                changes.add(stops.done(execution));
            }
            conclude(resident, ended, changes);
        }
        byArn.remove(execution.arn(), resident);
    }

    private void liveUnkept(Resident resident) throws InterruptedException {
        Execution execution = resident.execution();
        Cursor start = Cursor.start(execution.input());
        Optional<Ending> ending = interpret(resident, start, new UnkeptJournal(world));
        resident.finish();
        if (ending.isPresent()) {
            Execution ended = ended(execution, ending.get());
            conclude(resident, ended, List.of(new Change.PutExecution(ended)));
        }
        byArn.remove(execution.arn(), resident);
    }

    /// Empty when the execution goes on elsewhere or later.
    private Optional<Ending> interpret(Resident resident, Cursor from, Journal journal) {
        Execution execution = resident.execution();
        try {
            return Optional.of(interpreter.run(
                    definitions.program(execution), execution, from, journal, resident.halt()));
        } catch (InterruptedException shutdown) {
            return Optional.empty();
        } catch (LeaseLost lost) {
            LOG.log(
                    Logger.Level.WARNING,
                    "{0} is run elsewhere now: {1}",
                    execution.arn(),
                    lost.getMessage());
            return Optional.empty();
        } catch (RuntimeException broken) {
            LOG.log(Logger.Level.ERROR, "internal error in " + execution.arn(), broken);
            var ending =
                    new Ending.Failed(Failure.of("States.Runtime", "Internal error: " + broken));
            journal.append(Frame.ROOT, 0, new ExecutionEnded(ending));
            return Optional.of(ending);
        }
    }

    /// A child's ending need not be awaited: what its map run writes about it comes after it.
    private void conclude(Resident resident, Execution ended, List<Change> changes)
            throws InterruptedException {
        Receipt receipt = store.write(changes);
        if (ended.child().isEmpty()) {
            receipt.await();
            definitions.dropIfDeleting(ended.machineArn());
        }
        byArn.remove(ended.arn(), resident);
        listener.ended(ended);
        resident.ended(ended);
    }

    private Execution ended(Execution execution, Ending ending) {
        return switch (ending) {
            case Ending.Succeeded(Json output) ->
                ended(execution, Execution.Status.SUCCEEDED, Optional.of(output), Optional.empty());
            case Ending.Failed(Failure failure) ->
                ended(execution, Execution.Status.FAILED, Optional.empty(), Optional.of(failure));
            case Ending.TimedOut(Failure failure) ->
                ended(
                        execution,
                        Execution.Status.TIMED_OUT,
                        Optional.empty(),
                        Optional.of(failure));
            case Ending.Aborted(Failure failure) ->
                ended(execution, Execution.Status.ABORTED, Optional.empty(), Optional.of(failure));
        };
    }

    private Execution ended(
            Execution execution,
            Execution.Status how,
            Optional<Json> output,
            Optional<Failure> failure) {
        return execution.ended(how, world.now(), output, failure);
    }

    /// How many run here of this type.
    int count(Execution.Type type) {
        return (int) byArn.values().stream()
                .filter(resident -> resident.execution().type() == type)
                .count();
    }

    /// What runs of this machine, map runs' children too, ends at its next transition.
    void endAllOf(String machineArn) {
        byArn.values().stream()
                .filter(resident ->
                        Machine.unlabelled(resident.execution().machineArn()).equals(machineArn))
                .forEach(Resident::machineDeleted);
    }

    /// Interrupts all; none of them leaves a trace.
    void shutDown() {
        closed = true;
        byArn.values().forEach(resident -> resident.interrupt(new Interruption.ShuttingDown()));
    }
}
