package dev.mapwright.engine.execution;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.interpreter.Halt;
import dev.mapwright.engine.interpreter.Interruption;
import dev.mapwright.engine.interpreter.MapRunHost;
import dev.mapwright.engine.interpreter.Selection;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.ItemReaders;
import dev.mapwright.engine.maprun.MapRun;
import dev.mapwright.engine.maprun.Pace;
import dev.mapwright.engine.maprun.ResultWriter;
import dev.mapwright.engine.maprun.Surroundings;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The map runs that this process runs: on behalf of Map states, or winding down when their state
/// is over already.
final class ResidentRuns implements MapRunHost {
    private final World world;
    private final Store store;
    private final ItemReaders readers;
    private final ResultWriter writer;
    private final Settings settings;
    private final Definitions definitions;
    private final Redrivability redrivability;
    private final OpenRuns open;
    private final Map<String, ResidentRun> byArn = new ConcurrentHashMap<>();
    private Optional<Residents> residents = Optional.empty();

    ResidentRuns(
            World world,
            Store store,
            ItemReaders readers,
            ResultWriter writer,
            Settings settings,
            Definitions definitions,
            Redrivability redrivability) {
        this.world = world;
        this.store = store;
        this.readers = readers;
        this.writer = writer;
        this.settings = settings;
        this.definitions = definitions;
        this.redrivability = redrivability;
        this.open = new OpenRuns(store, settings.quotas().openMapRunsMax());
    }

    /// Closes the one circle of the engine: a map run starts executions, and an execution runs map
    /// runs.
    void startChildrenAmong(Residents where) {
        residents = Optional.of(where);
    }

    OpenRuns open() {
        return open;
    }

    Optional<MapRun> live(String mapRunArn) {
        return Optional.ofNullable(byArn.get(mapRunArn)).map(ResidentRun::run);
    }

    /// Reads what a former process left behind, and goes on with what winds down: nobody else will.
    void resume() {
        open.load();
        for (WindingDown.Note note : new WindingDown(store).all()) {
            MapRunRecord run = stored(note.mapRunArn());
            Execution parent = parent(run);
            begin(run.arn(), open(run, parent, selection(run, parent, note)));
        }
    }

    private Selection selection(MapRunRecord run, Execution parent, WindingDown.Note note) {
        var map = definitions.program(parent).findMap(run.mapState()).orElseThrow();
        return Selection.of(map, parent, note.selection(), world);
    }

    /// Interrupts all; none of them leaves a trace.
    void shutDown() {
        byArn.values().forEach(ResidentRun::cancel);
    }

    @Override
    public Optional<MapRunRecord> find(String mapRunArn) {
        return store.mapRun(mapRunArn);
    }

    @Override
    public Ending run(MapRunRecord run, Selection selection, Instant deadline, Halt halt)
            throws InterruptedException {
        Optional<MapRunRecord> known = store.mapRun(run.arn());
        boolean isRedriven = known.filter(stored -> stored.redriveCount() < run.redriveCount())
                .isPresent();
        if (isRedriven) {
            if (!hasComeToRest(run.arn(), deadline)) {
                return new Ending.Aborted(Failure.of("States.Timeout"));
            }
            known = Optional.of(stored(run.arn()).redriven(run.redriven().orElseThrow()));
        } else if (known.filter(ResidentRuns::isAborted).isPresent()) {
            return new Ending.Aborted(new Failure(Optional.empty(), Optional.empty()));
        }
        MapRunRecord record = known.orElse(run);
        ResidentRun resident = open(record, parent(record), selection);
        open.enter(
                run.arn(),
                resident.run(),
                known.isPresent() ? List.of() : List.of(new Change.PutMapRun(run)));
        begin(run.arn(), resident);
        return await(resident, run.arn(), selection, deadline, halt);
    }

    private static boolean isAborted(MapRunRecord run) {
        return run.status() == MapRunRecord.Status.ABORTED;
    }

    private boolean hasComeToRest(String mapRunArn, Instant deadline) throws InterruptedException {
        ResidentRun windingDown = byArn.get(mapRunArn);
        return windingDown == null || windingDown.outcome().take(deadline).isPresent();
    }

    private MapRunRecord stored(String mapRunArn) {
        return store.mapRun(mapRunArn)
                .orElseThrow(() -> new IllegalStateException("no map run " + mapRunArn));
    }

    private Execution parent(MapRunRecord run) {
        return store.execution(run.executionArn())
                .orElseThrow(() -> new IllegalStateException("no execution " + run.executionArn()));
    }

    private ResidentRun open(MapRunRecord run, Execution parent, Selection selection) {
        var launcher =
                new ChildExecutions(world, residents.orElseThrow(), redrivability, parent, run);
        MapRun opened = new Surroundings(world, store, readers, writer, launcher, settings.limits())
                .open(run, selection, pace(run));
        var resident = new ResidentRun(world, opened);
        byArn.put(run.arn(), resident);
        return resident;
    }

    private void begin(String arn, ResidentRun resident) {
        resident.runsOn(world.start("map run " + arn, () -> toEnd(arn, resident)));
    }

    private Optional<Pace> pace(MapRunRecord run) {
        String label = run.machineArn().substring(run.machineArn().indexOf('/') + 1);
        return Optional.ofNullable(settings.paces().get(label));
    }

    /// A run that breaks off because of a defect does not come back. One that is interrupted does,
    /// in the next process.
    private void toEnd(String arn, ResidentRun resident) throws InterruptedException {
        ResidentRun.Outcome outcome = new ResidentRun.Outcome.Interrupted();
        try {
            outcome = new ResidentRun.Outcome.Ended(resident.run().run());
            leave(arn);
        } catch (RuntimeException broken) {
            outcome = new ResidentRun.Outcome.Broken(broken);
            leave(arn);
            throw broken;
        } finally {
            byArn.remove(arn, resident);
            resident.over(outcome);
        }
    }

    private void leave(String arn) {
        open.leave(arn);
        store.write(List.of(WindingDown.done(arn)));
    }

    private Ending await(
            ResidentRun resident, String arn, Selection selection, Instant deadline, Halt halt)
            throws InterruptedException {
        Inbox<ResidentRun.Outcome> inbox = resident.outcome();
        try {
            Optional<ResidentRun.Outcome> outcome = inbox.take(deadline);
            if (outcome.isEmpty()) {
                var timeout = Failure.of("States.Timeout");
                if (abort(resident, arn, selection, timeout)) {
                    return new Ending.Aborted(timeout);
                }
                outcome = inbox.take(Instant.MAX);
            }
            return ending(arn, outcome.orElseThrow());
        } catch (InterruptedException interrupted) {
            if (halt.why().filter(Interruption.ShuttingDown.class::isInstance).isPresent()) {
                resident.cancel();
            } else if (!abort(resident, arn, selection, stopReason(halt))) {
                inbox.take(Instant.MAX);
            }
            throw interrupted;
        }
    }

    private static Ending ending(String arn, ResidentRun.Outcome outcome) {
        return switch (outcome) {
            case ResidentRun.Outcome.Ended(Ending ending) -> ending;
            case ResidentRun.Outcome.Broken(RuntimeException defect) -> throw defect;
            case ResidentRun.Outcome.Interrupted() ->
                throw new IllegalStateException(
                        "map run %s was interrupted, but not who waits for it".formatted(arn));
        };
    }

    /// The run is over for its Map state, and for the quota of open ones. False when it has just
    /// come to its end by itself.
    private boolean abort(ResidentRun resident, String arn, Selection selection, Failure why)
            throws InterruptedException {
        boolean aborted = resident.run().stop(why, List.of(WindingDown.note(arn, selection)));
        if (aborted) {
            open.leave(arn);
        }
        return aborted;
    }

    private static Failure stopReason(Halt halt) {
        return halt.why()
                .filter(Interruption.Stopped.class::isInstance)
                .map(why -> ((Interruption.Stopped) why).failure())
                .orElse(new Failure(Optional.empty(), Optional.empty()));
    }
}
