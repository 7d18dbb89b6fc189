package dev.mapwright.testkit.maprun;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemReaders;
import dev.mapwright.engine.maprun.ItemSelector;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.Limits;
import dev.mapwright.engine.maprun.MapRun;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.engine.maprun.RunPlan;
import dev.mapwright.engine.maprun.Surroundings;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;
import dev.mapwright.engine.store.MapRunRecord.Settings;
import dev.mapwright.engine.world.World;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// One map run with children, store and results made by hand, and what tests ask of it.
class LoneRun {
    static final String RUN = "arn:aws:states:us-east-1:123456789012:mapRun:m/label:run";
    static final Settings STRICT = new Settings(0, Optional.empty(), Optional.empty());
    private static final ItemReaders NO_READERS = dataset -> {
        throw new ReadFailed("no reader for " + dataset.resource());
    };

    static final RunPlan READ = new RunPlan(
            new Dataset.Read("s3:getObject", Json.EMPTY_OBJECT, Json.EMPTY_OBJECT, 0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    final World world = new ThreadWorld();
    final FakeStore store = new FakeStore();
    final RecordedResults results = new RecordedResults(3, () -> {});
    ItemReaders readers = NO_READERS;
    ItemSelector selector = ItemSelector.WHOLE_ITEM;
    Limits limits = Limits.STANDARD;
    ScriptedChildren children;

    Ending run(RunPlan plan, Settings settings, Execution.Type type, ScriptedChildren.Work work)
            throws InterruptedException {
        return mapRun(plan, settings, type, work).run();
    }

    MapRun mapRun(
            RunPlan plan, Settings settings, Execution.Type type, ScriptedChildren.Work work) {
        children = new ScriptedChildren(world, store, work, open -> {});
        var record = new MapRunRecord(
                RUN,
                "arn:aws:states:us-east-1:123456789012:execution:m:e",
                "arn:aws:states:us-east-1:123456789012:stateMachine:m/label",
                "Map",
                type,
                MapRunRecord.Status.RUNNING,
                world.now(),
                Optional.empty(),
                settings,
                plan.json(),
                Counts.NONE,
                Counts.NONE,
                Optional.empty());
        MapRun mapRun = engine().open(record, selector, Optional.empty());
        mapRun.admit();
        return mapRun;
    }

    Surroundings engine() {
        return new Surroundings(world, store, readers, results, children, limits);
    }

    MapRunRecord stored() {
        return store.mapRun(RUN).orElseThrow();
    }

    interface Awaited {
        Ending await() throws InterruptedException;
    }

    Awaited beside(MapRun mapRun) {
        var ending = new AtomicReference<Ending>();
        var strand = world.start("run", () -> ending.set(mapRun.run()));
        return () -> {
            strand.join();
            return ending.get();
        };
    }

    void awaitRunning(MapRun mapRun, long count) throws InterruptedException {
        await(() -> mapRun.counts().executions().running() >= count);
    }

    void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            world.sleepUntil(world.now().plusMillis(1));
        }
    }

    static RunPlan plan(String items) {
        return new RunPlan(items(items), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static RunPlan exported(String items) {
        var target = Json.ofText("{\"Bucket\":\"b\"}");
        return new RunPlan(items(items), Optional.empty(), Optional.of(target), Optional.empty());
    }

    static Dataset items(String items) {
        return new Dataset.StateItems(Json.ofText(items));
    }

    static Settings concurrency(int max) {
        return new Settings(max, Optional.empty(), Optional.empty());
    }

    static Settings percentage(double tolerated) {
        return new Settings(1, Optional.empty(), Optional.of(tolerated));
    }

    static String numbers(int count) {
        return LongStream.range(0, count)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(",", "[", "]"));
    }

    static long number(Json json) {
        return ((Number) json.value()).longValue();
    }

    static Ending echo(Execution child) {
        return new Ending.Succeeded(child.input());
    }

    static Ending succeeded(String output) {
        return new Ending.Succeeded(Json.ofText(output));
    }

    static String output(Ending ending) {
        return ending instanceof Ending.Succeeded(Json output) ? output.text() : ending.toString();
    }

    /// The numbers from 0 on, held up at one of them until `goOn`.
    static final class GatedItems implements ItemSource {
        private final long count;
        private final long gate;
        private final CountDownLatch reached;
        private final CountDownLatch goOn;
        private long next;

        GatedItems(
                long count,
                Optional<String> position,
                long gate,
                CountDownLatch reached,
                CountDownLatch goOn) {
            this.count = count;
            this.next = position.map(Long::parseLong).orElse(0L);
            this.gate = gate;
            this.reached = reached;
            this.goOn = goOn;
        }

        @Override
        public Optional<Item> next() throws InterruptedException {
            if (next == gate) {
                reached.countDown();
                goOn.await();
            }
            return next == count
                    ? Optional.empty()
                    : Optional.of(new Item(next, Optional.empty(), Json.of(next++), "s3://b/k"));
        }

        @Override
        public String position() {
            return Long.toString(next);
        }

        @Override
        public void close() {}
    }
}
