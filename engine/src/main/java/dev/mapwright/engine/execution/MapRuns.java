package dev.mapwright.engine.execution;

import dev.mapwright.engine.maprun.Dispatching;
import dev.mapwright.engine.maprun.MapRun;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Map runs as they are shown and changed through the API. The counts of one that runs, or winds
/// down, are those of this very moment.
public final class MapRuns {
    private static final List<Execution.Status> UNSUCCESSFUL =
            List.of(Execution.Status.FAILED, Execution.Status.TIMED_OUT, Execution.Status.ABORTED);

    private static final int LOOKS_MAX = 100;
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final World world;
    private final Store store;
    private final ResidentRuns residents;
    private final OpenRuns open;

    MapRuns(World world, Store store, ResidentRuns residents) {
        this.world = world;
        this.store = store;
        this.residents = residents;
        this.open = residents.open();
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
            return residents.live(mapRunArn).isPresent()
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
        return switch (execution.status()) {
            case FAILED, TIMED_OUT, ABORTED ->
                residents
                        .live(child.mapRunArn())
                        .filter(running -> running.counts().isWaiting(child.batch()))
                        .isPresent();
            case RUNNING, SUCCEEDED, PENDING_REDRIVE -> false;
        };
    }

    private MapRunRecord asOfNow(MapRunRecord run) {
        Optional<MapRun> live = residents.live(run.arn());
        if (live.isEmpty() && run.status() != MapRunRecord.Status.RUNNING) {
            return run;
        }
        MapRun.Standing now = live.map(MapRun::counts).orElseGet(() -> MapRun.recorded(store, run));
        return now.in(run, run.status(), run.endedAt());
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
        return residents.live(mapRunArn).flatMap(running -> find(mapRunArn)
                .filter(run -> run.status() == MapRunRecord.Status.RUNNING)
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
            Optional<MapRun> running = residents.live(mapRunArn);
            if (running.isPresent()) {
                return running.get();
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
}
