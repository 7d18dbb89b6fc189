package dev.mapwright.engine.execution;

import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Drops executions some time after they have ended, with all they own: history, map runs, and the
/// map runs' children. What is inside goes before what it is inside of, and the execution's own
/// record last, so that a sweep that is cut short is simply taken up by the next one. One whose
/// redrive window is open is kept until that has closed.
final class Retention implements World.Body {
    /// Executions looked at, and map runs dropped, per step.
    private static final int PAGE = 100;

    /// So many sweeps are made in the time that executions are kept for, within these limits.
    private static final int SWEEPS = 100;

    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofDays(1);

    private final World world;
    private final Store store;
    private final Duration kept;

    Retention(World world, Store store, Duration kept) {
        this.world = world;
        this.store = store;
        this.kept = kept;
    }

    @Override
    public void run() throws InterruptedException {
        while (true) {
            sweep();
            world.sleepUntil(world.now().plus(pause()));
        }
    }

    private Duration pause() {
        Duration pause = kept.dividedBy(SWEEPS);
        if (pause.compareTo(PAUSE_MIN) < 0) {
            return PAUSE_MIN;
        }
        return pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
    }

    private void sweep() throws InterruptedException {
        Instant now = world.now();
        boolean dropped = false;
        Optional<String> token = Optional.empty();
        do {
            Page<Execution> page = store.ended(now.minus(kept), PAGE, token);
            for (Execution execution : finished(page.items(), now)) {
                drop(execution);
                dropped = true;
            }
            token = page.nextToken();
        } while (token.isPresent());
        if (dropped) {
            store.reclaim();
        }
    }

    /// Those among ended executions in which nothing goes on any more. Most sweeps find none that
    /// could be, and need not know what winds down.
    private List<Execution> finished(List<Execution> ended, Instant now) {
        List<Execution> settled =
                ended.stream().filter(one -> isSettled(one, now)).toList();
        if (settled.isEmpty()) {
            return settled;
        }
        Set<String> windingDown = executionsOfWindingDown();
        return settled.stream().filter(one -> !windingDown.contains(one.arn())).toList();
    }

    /// A run has ended when its children have, and these when theirs have.
    private boolean isSettled(Execution execution, Instant now) {
        return !isRedrivable(execution, now)
                && store.mapRuns(execution.arn(), PAGE, Optional.empty()).items().stream()
                        .noneMatch(run -> run.status() == MapRunRecord.Status.RUNNING);
    }

    /// Those that have a run within them, however deep, that was aborted and winds down.
    private Set<String> executionsOfWindingDown() {
        var found = new HashSet<String>();
        for (WindingDown.Note note : new WindingDown(store).all()) {
            Optional<String> around = executionOf(note.mapRunArn());
            while (around.isPresent()) {
                found.add(around.get());
                around = store.execution(around.get())
                        .flatMap(Execution::child)
                        .flatMap(child -> executionOf(child.mapRunArn()));
            }
        }
        return found;
    }

    private Optional<String> executionOf(String mapRunArn) {
        return store.mapRun(mapRunArn).map(MapRunRecord::executionArn);
    }

    private static boolean isRedrivable(Execution execution, Instant now) {
        return switch (execution.status()) {
            case SUCCEEDED -> false;
            case FAILED, TIMED_OUT, ABORTED ->
                execution.type() == Execution.Type.STANDARD
                        && !execution
                                .endedAt()
                                .orElseThrow()
                                .plus(Redrivability.REDRIVABLE_PERIOD)
                                .isBefore(now);
            case RUNNING, PENDING_REDRIVE ->
                throw new IllegalStateException(
                        "expected an ended execution, found %s".formatted(execution));
        };
    }

    private void drop(Execution execution) throws InterruptedException {
        List<MapRunRecord> runs = runs(execution);
        while (!runs.isEmpty()) {
            for (MapRunRecord run : runs) {
                drop(run);
            }
            runs = runs(execution);
        }
        store.write(List.of(
                        Stops.done(execution),
                        Redrives.forget(execution.arn()),
                        new Change.DropExecution(execution.arn())))
                .await();
    }

    private List<MapRunRecord> runs(Execution execution) {
        return store.mapRuns(execution.arn(), PAGE, Optional.empty()).items();
    }

    private void drop(MapRunRecord run) throws InterruptedException {
        List<MapRunRecord> inner = store.mapRunsWithin(run.arn(), PAGE);
        while (!inner.isEmpty()) {
            for (MapRunRecord one : inner) {
                drop(one);
            }
            inner = store.mapRunsWithin(run.arn(), PAGE);
        }
        store.write(List.of(new Change.DropMapRun(run.arn()))).await();
    }
}
