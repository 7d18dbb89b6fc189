package dev.mapwright.engine.execution;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.interpreter.Halt;
import dev.mapwright.engine.interpreter.Interruption;
import dev.mapwright.engine.interpreter.MapRunHost;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.Dispatching;
import dev.mapwright.engine.maprun.ItemReaders;
import dev.mapwright.engine.maprun.ItemSelector;
import dev.mapwright.engine.maprun.MapRun;
import dev.mapwright.engine.maprun.Pace;
import dev.mapwright.engine.maprun.ResultWriter;
import dev.mapwright.engine.maprun.Surroundings;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Map runs: run on behalf of Map states, and shown and changed through the API. A running one's
/// counts are those of this very moment.
public final class MapRuns implements MapRunHost {
    private static final List<Execution.Status> UNSUCCESSFUL =
            List.of(Execution.Status.FAILED, Execution.Status.TIMED_OUT, Execution.Status.ABORTED);

    private static final int LOOKS_MAX = 100;
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final World world;
    private final Store store;
    private final ItemReaders readers;
    private final ResultWriter writer;
    private final Settings settings;
    private final OpenRuns open;
    private final Map<String, MapRun> live = new ConcurrentHashMap<>();
    private final Redrivability redrivability;
    private Optional<Residents> residents = Optional.empty();

    MapRuns(
            World world,
            Store store,
            ItemReaders readers,
            ResultWriter writer,
            Settings settings,
            Redrivability redrivability) {
        this.world = world;
        this.store = store;
        this.readers = readers;
        this.writer = writer;
        this.settings = settings;
        this.open = new OpenRuns(store, settings.quotas().openMapRunsMax());
        this.redrivability = redrivability;
    }

    /// Closes the one circle of the engine: a map run starts executions, and an execution runs map
    /// runs.
    void startChildrenAmong(Residents where) {
        residents = Optional.of(where);
    }

    /// Reads what a former process left behind.
    void resume() {
        open.load();
    }

    /// Map runs at work, of which the quota allows so many.
    public int openCount() {
        return open.atWork();
    }

    /// Map runs that wait until one of those at work ends.
    public int backlogCount() {
        return open.waiting();
    }

    /// What UpdateMapRun gives; what is absent stays.
    public record Update(
            Optional<Integer> maxConcurrency,
            Optional<Long> toleratedFailureCount,
            Optional<Double> toleratedFailurePercentage) {}

    @Override
    public Optional<MapRunRecord> find(String mapRunArn) {
        return store.mapRun(mapRunArn).map(this::asOfNow);
    }

    /// Newest first.
    public Page<MapRunRecord> list(String executionArn, int limit, Optional<String> pageToken) {
        Page<MapRunRecord> page = store.mapRuns(executionArn, limit, pageToken);
        return new Page<>(page.items().stream().map(this::asOfNow).toList(), page.nextToken());
    }

    /// The children that the query finds and that are wanted, as the API shows them. Looks at a
    /// bounded number of them, so that a page may be shorter than asked for and still have one that
    /// follows.
    public Page<Execution> children(
            String mapRunArn, ExecutionQuery query, Predicate<Execution> wanted) {
        if (query.status().equals(Optional.of(Execution.Status.PENDING_REDRIVE))) {
            return live.containsKey(mapRunArn)
                    ? pendingRedrive(query, wanted)
                    : new Page<>(List.of(), Optional.empty());
        }
        Page<Execution> page = Executions.list(store, query, wanted.and(child -> query.status()
                .map(status -> status == asOfNow(child).status())
                .orElse(true)));
        return new Page<>(page.items().stream().map(this::asOfNow).toList(), page.nextToken());
    }

    /// Those that failed come first, then those that timed out, then those that were aborted: they
    /// are stored as what they were.
    private Page<Execution> pendingRedrive(ExecutionQuery query, Predicate<Execution> wanted) {
        var token = query.pageToken().map(text -> text.split(" ", 2));
        int at = token.map(parts -> UNSUCCESSFUL.indexOf(Execution.Status.valueOf(parts[0])))
                .orElse(0);
        Execution.Status status = UNSUCCESSFUL.get(at);
        Page<Execution> page = Executions.list(
                store,
                new ExecutionQuery(
                        query.of(),
                        Optional.of(status),
                        query.limit(),
                        token.map(parts -> parts[1]).filter(text -> !text.isEmpty())),
                wanted.and(this::isPendingRedrive));
        Optional<String> next = page.nextToken().map(text -> status + " " + text);
        Optional<String> following = at + 1 < UNSUCCESSFUL.size()
                ? Optional.of(UNSUCCESSFUL.get(at + 1) + " ")
                : Optional.empty();
        return new Page<>(
                page.items().stream().map(Execution::pendingRedrive).toList(),
                next.or(() -> following));
    }

    /// As the API shows a child: PENDING_REDRIVE while it waits to run again.
    public Execution asOfNow(Execution execution) {
        return execution.child().isPresent() && isPendingRedrive(execution)
                ? execution.pendingRedrive()
                : execution;
    }

    private boolean isPendingRedrive(Execution execution) {
        var child = execution.child().orElseThrow();
        MapRun running = live.get(child.mapRunArn());
        return running != null
                && switch (execution.status()) {
                    case FAILED, TIMED_OUT, ABORTED -> running.counts().isWaiting(child.batch());
                    case RUNNING, SUCCEEDED, PENDING_REDRIVE -> false;
                };
    }

    private MapRunRecord asOfNow(MapRunRecord run) {
        if (run.status() != MapRunRecord.Status.RUNNING) {
            return run;
        }
        MapRun running = live.get(run.arn());
        return asOfNow(run, running == null ? MapRun.recorded(store, run) : running.counts());
    }

    private static MapRunRecord asOfNow(MapRunRecord run, MapRun.Standing now) {
        return new MapRunRecord(
                run.arn(),
                run.executionArn(),
                run.machineArn(),
                run.mapState(),
                run.childType(),
                run.status(),
                run.startedAt(),
                run.endedAt(),
                now.settings(),
                run.plan(),
                now.items(),
                now.executions(),
                run.redriven());
    }

    /// A map run that has not ended, with what is Mapwright's own about it.
    public record Live(MapRunRecord run, Dispatching dispatching, Turn turn) {}

    public enum Turn {
        AT_WORK,
        /// The quota of open map runs is used up by others that came before.
        WAITING
    }

    /// Those that have not ended, in the order in which they came.
    public List<Live> live() {
        return open.arns().stream().flatMap(arn -> live(arn).stream()).toList();
    }

    public Optional<Live> live(String mapRunArn) {
        return Optional.ofNullable(live.get(mapRunArn)).flatMap(running -> find(mapRunArn)
                .map(run -> new Live(run, running.dispatching(), open.turn(mapRunArn))));
    }

    /// Pauses a run, resumes it, or changes its pace: Mapwright's own. Returns once that is
    /// durable.
    public void change(String mapRunArn, Dispatching.Change change)
            throws Refused, InterruptedException {
        if (!atWork(mapRunArn).adjust(change)) {
            throw over(mapRunArn);
        }
    }

    /// Just after the start of the process a run may have to be taken up yet, which is awaited.
    private MapRun atWork(String mapRunArn) throws Refused, InterruptedException {
        for (int look = 0; look < LOOKS_MAX; look++) {
            MapRun running = live.get(mapRunArn);
            if (running != null) {
                return running;
            }
            if (existing(mapRunArn).status() != MapRunRecord.Status.RUNNING) {
                break;
            }
            world.sleepUntil(world.now().plus(LOOK_EVERY));
        }
        throw over(mapRunArn);
    }

    private MapRunRecord existing(String mapRunArn) throws Refused {
        return find(mapRunArn)
                .orElseThrow(() -> new Refused(
                        "ResourceNotFound", "Resource not found: '%s'".formatted(mapRunArn)));
    }

    private static Refused over(String mapRunArn) {
        return new Refused(
                "ValidationException",
                "Map Run is not in a running state: '%s'".formatted(mapRunArn),
                Optional.of("CANNOT_UPDATE_COMPLETED_MAP_RUN"));
    }

    public void update(String mapRunArn, Update update) throws Refused, InterruptedException {
        MapRun running = atWork(mapRunArn);
        var before = running.counts().settings();
        var after = new MapRunRecord.Settings(
                update.maxConcurrency().orElse(before.maxConcurrency()),
                update.toleratedFailureCount().or(before::toleratedFailureCount),
                update.toleratedFailurePercentage().or(before::toleratedFailurePercentage));
        if (!running.adjust(after)) {
            throw over(mapRunArn);
        }
    }

    private Optional<Pace> pace(MapRunRecord run) {
        String label = run.machineArn().substring(run.machineArn().indexOf('/') + 1);
        return Optional.ofNullable(settings.paces().get(label));
    }

    @Override
    public Ending run(MapRunRecord run, ItemSelector selector, Instant deadline, Halt halt)
            throws InterruptedException {
        Optional<MapRunRecord> known = store.mapRun(run.arn());
        Execution parent = store.execution(run.executionArn())
                .orElseThrow(() -> new IllegalStateException("no execution " + run.executionArn()));
        var launcher =
                new ChildExecutions(world, residents.orElseThrow(), redrivability, parent, run);
        MapRun running = new Surroundings(
                        world, store, readers, writer, launcher, settings.limits())
                .open(
                        known.filter(stored -> stored.redriveCount() >= run.redriveCount())
                                .orElse(run),
                        selector,
                        pace(run));
        live.put(run.arn(), running);
        try {
            open.enter(
                    run.arn(),
                    running,
                    known.isPresent() ? List.of() : List.of(new Change.PutMapRun(run)));
            return await(run.arn(), running, deadline, halt);
        } finally {
            live.remove(run.arn());
        }
    }

    /// The run has a strand of its own, so that its parent can be interrupted and still wait for it
    /// to wind down.
    private Ending await(String arn, MapRun running, Instant deadline, Halt halt)
            throws InterruptedException {
        Inbox<Optional<Ending>> endings = world.inbox();
        Strand strand = world.start("map run " + arn, () -> {
            Optional<Ending> ending = Optional.empty();
            try {
                ending = Optional.of(toEnd(arn, running));
            } finally {
                endings.put(ending);
            }
        });
        try {
            Optional<Optional<Ending>> ending = endings.take(deadline);
            if (ending.isEmpty()) {
                running.stop(Failure.of("States.Timeout"));
                ending = endings.take(Instant.MAX);
            }
            return ending.orElseThrow()
                    .orElseThrow(() -> new IllegalStateException(
                            "map run %s broke; the log says how".formatted(arn)));
        } catch (InterruptedException interrupted) {
            if (halt.why().filter(Interruption.ShuttingDown.class::isInstance).isPresent()) {
                strand.cancel();
            } else {
                running.stop(stopReason(halt));
                windDown(endings);
            }
            throw interrupted;
        }
    }

    /// A run that breaks off because of a defect does not come back. One that is interrupted does,
    /// in the next process.
    private Ending toEnd(String arn, MapRun running) throws InterruptedException {
        try {
            Ending ending = running.run();
            open.leave(arn);
            return ending;
        } catch (RuntimeException broken) {
            open.leave(arn);
            throw broken;
        }
    }

    private static Failure stopReason(Halt halt) {
        return halt.why()
                .filter(Interruption.Stopped.class::isInstance)
                .map(why -> ((Interruption.Stopped) why).failure())
                .orElse(new Failure(Optional.empty(), Optional.empty()));
    }

    /// Waits for the run's end; a second interruption (a shutdown) ends the waiting only.
    private static void windDown(Inbox<Optional<Ending>> endings) throws InterruptedException {
        endings.take(Instant.MAX);
    }
}
