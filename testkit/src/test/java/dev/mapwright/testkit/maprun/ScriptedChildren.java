package dev.mapwright.testkit.maprun;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.Batch;
import dev.mapwright.engine.maprun.ChildLauncher;
import dev.mapwright.engine.maprun.ChildName;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/// Children whose work is a function in the test. Counts how many run at a time.
final class ScriptedChildren implements ChildLauncher {
    interface Work {
        Ending run(Execution child) throws InterruptedException;
    }

    private final World world;
    private final Store store;
    private final Work work;
    private final IntConsumer dispatched;
    private final Map<String, Strand> strands = new ConcurrentHashMap<>();
    private final Map<String, Failure> stopped = new ConcurrentHashMap<>();
    private final Set<String> created = ConcurrentHashMap.newKeySet();
    private final List<Long> launched = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger runningMax = new AtomicInteger();
    private Predicate<Execution> redrivable = _ -> true;

    /// @param dispatched told at each dispatch how many children have been and not ended, with this
    ///     one
    ScriptedChildren(World world, Store store, Work work, IntConsumer dispatched) {
        this.dispatched = dispatched;
        this.world = world;
        this.store = store;
        this.work = work;
    }

    @Override
    public Execution child(MapRunRecord run, Batch batch) {
        var name = ChildName.of(run.arn(), batch.index());
        return new Execution(
                name.arn(run.machineArn(), run.childType()),
                run.machineArn(),
                name.name(run.childType()),
                run.childType(),
                "definition",
                "role",
                batch.input(),
                Status.RUNNING,
                world.now(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Execution.Child(
                        run.arn(),
                        run.mapState(),
                        batch.index(),
                        batch.firstItem(),
                        batch.itemCount())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public List<Change> creation(Execution child) {
        created.add(child.arn());
        dispatched.accept(open.incrementAndGet());
        return List.of(new Change.PutExecution(child));
    }

    @Override
    public void launch(List<Execution> children, Consumer<List<Execution>> ended) {
        children.forEach(child -> resume(child, ended));
    }

    @Override
    public void resume(Execution child, Consumer<List<Execution>> ended) {
        if (child.status().hasEnded()) {
            ended.accept(List.of(child));
            return;
        }
        if (store.execution(child.arn()).isEmpty()) {
            throw new IllegalStateException(child.arn() + " was launched before it was stored");
        }
        if (!created.contains(child.arn())) {
            open.incrementAndGet();
        }
        launched.add(child.child().orElseThrow().batch());
        runningMax.accumulateAndGet(running.incrementAndGet(), Math::max);
        strands.put(child.arn(), world.start(child.name(), () -> run(child, ended)));
    }

    @Override
    public void relaunch(Execution child, Consumer<List<Execution>> ended) {
        resume(child, ended);
    }

    private void run(Execution child, Consumer<List<Execution>> ended) throws InterruptedException {
        var after = ended(child, ending(child));
        store.write(List.of(new Change.PutExecution(after)));
        running.decrementAndGet();
        open.decrementAndGet();
        ended.accept(List.of(after));
    }

    private Ending ending(Execution child) throws InterruptedException {
        try {
            return work.run(child);
        } catch (InterruptedException interrupted) {
            if (!stopped.containsKey(child.arn())) {
                throw interrupted;
            }
            return new Ending.Aborted(stopped.get(child.arn()));
        }
    }

    private Execution ended(Execution child, Ending ending) {
        return switch (ending) {
            case Ending.Succeeded(var output) ->
                child.ended(Status.SUCCEEDED, world.now(), Optional.of(output), Optional.empty());
            case Ending.Failed(var failure) ->
                child.ended(Status.FAILED, world.now(), Optional.empty(), Optional.of(failure));
            case Ending.TimedOut(var failure) ->
                child.ended(Status.TIMED_OUT, world.now(), Optional.empty(), Optional.of(failure));
            case Ending.Aborted(var failure) ->
                child.ended(Status.ABORTED, world.now(), Optional.empty(), Optional.of(failure));
        };
    }

    @Override
    public boolean isRedrivable(Execution child) {
        return redrivable.test(child);
    }

    @Override
    public Execution redriven(Execution child) {
        created.add(child.arn());
        dispatched.accept(open.incrementAndGet());
        return child.redriven(world.now());
    }

    @Override
    public void stop(Execution child, Failure why) {
        if (child.type() == Execution.Type.EXPRESS) {
            throw new IllegalStateException("an EXPRESS child cannot be stopped: " + child.arn());
        }
        stopped.put(child.arn(), why);
        strands.get(child.arn()).cancel();
    }

    void redriveOnly(Predicate<Execution> which) {
        redrivable = which;
    }

    /// Batches in the order in which their children were started.
    List<Long> launched() {
        return List.copyOf(launched);
    }

    int runningMax() {
        return runningMax.get();
    }
}
