package dev.mapwright.engine.execution;

import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Holds back the ends of children for a moment where many of their run are under way, so that
/// dozens share a write, a message to the run's owner and what the owner does about them. One by
/// one they cost more than all the rest of a child that calls a function.
///
/// What is held back takes up a place of its run, so it is never more than a small share of the
/// places: a run that has few children under way waits for nothing.
final class ChildEndings {
    private static final Duration HELD_MAX = Duration.ofMillis(30);

    /// One end in so many children under way is held back.
    private static final int UNDER_WAY_PER_HELD = 16;

    private final World world;
    private final Consumer<List<Ended>> conclusion;

    /// By ARN, as long as children are under way. Guarded by this, as is what it holds.
    private final Map<String, Run> runs = new HashMap<>();

    /// A child that has nothing left to do but to be recorded as ended.
    ///
    /// @param changes what is written of that
    record Ended(Resident resident, Execution execution, List<Change> changes) {}

    private static final class Run {
        private int underWay;
        private boolean isTimed;
        private List<Ended> held = new ArrayList<>();
    }

    /// @param conclusion writes and tells the ends of children of one run, on whatever strand
    ChildEndings(World world, Consumer<List<Ended>> conclusion) {
        this.world = world;
        this.conclusion = conclusion;
    }

    synchronized void begun(Execution child) {
        runs.computeIfAbsent(run(child), _ -> new Run()).underWay++;
    }

    /// It goes on elsewhere, or later.
    synchronized void left(Execution child) {
        leave(run(child), 1);
    }

    void ended(Ended child) {
        String arn = run(child.execution());
        List<Ended> enough = List.of();
        boolean needsTime = false;
        synchronized (this) {
            Run run = runs.get(arn);
            run.held.add(child);
            if (run.held.size() * UNDER_WAY_PER_HELD >= run.underWay) {
                enough = release(arn);
            } else {
                needsTime = !run.isTimed;
                run.isTimed = true;
            }
        }
        if (needsTime) {
            world.start("ends in " + arn, () -> releaseLater(arn));
        }
        conclude(enough);
    }

    private void releaseLater(String arn) throws InterruptedException {
        world.sleepUntil(world.now().plus(HELD_MAX));
        List<Ended> late;
        synchronized (this) {
            late = release(arn);
        }
        conclude(late);
    }

    /// Concludes all that is held back now: nothing of it has to be done again by the next process.
    void releaseAll() {
        List<List<Ended>> held;
        synchronized (this) {
            held = List.copyOf(runs.keySet()).stream().map(this::release).toList();
        }
        held.forEach(this::conclude);
    }

    private List<Ended> release(String arn) {
        Run run = runs.get(arn);
        if (run == null) {
            return List.of();
        }
        List<Ended> released = run.held;
        run.held = new ArrayList<>();
        run.isTimed = false;
        leave(arn, released.size());
        return released;
    }

    private void leave(String arn, int count) {
        Run run = runs.get(arn);
        run.underWay -= count;
        if (run.underWay == 0) {
            runs.remove(arn);
        }
    }

    private void conclude(List<Ended> children) {
        if (!children.isEmpty()) {
            conclusion.accept(children);
        }
    }

    private static String run(Execution child) {
        return child.child().orElseThrow().mapRunArn();
    }
}
