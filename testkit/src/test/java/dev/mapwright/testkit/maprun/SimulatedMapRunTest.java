package dev.mapwright.testkit.maprun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Dispatching;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemSelector;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.MapRun;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.engine.maprun.Surroundings;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;
import dev.mapwright.engine.store.MapRunRecord.Settings;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/// Whole map runs whose process is killed again and again, from seeds.
class SimulatedMapRunTest {
    private static final String RUN = "arn:aws:states:us-east-1:123456789012:mapRun:m/label:run";
    private static final String MACHINE =
            "arn:aws:states:us-east-1:123456789012:stateMachine:m/label";

    /// A failure names its seed: run that one alone.
    @Test
    void endsTheSameWhicheverCommitIsItsLastBeforeACrash() {
        for (long seed = 1; seed <= 40; seed++) {
            var scenario = Scenario.of(seed);
            var undisturbed = new Simulation(scenario, seed);
            undisturbed.runToTheEnd(Long.MAX_VALUE);
            for (long write = 1; write <= undisturbed.store.writes(); write++) {
                var disturbed = new Simulation(scenario, seed * 1_000 + write);
                disturbed.runToTheEnd(write);
                compare(scenario, undisturbed, disturbed);
            }
        }
    }

    @Test
    void endsTheSameAfterManyCrashesAtAnyStep() {
        for (long seed = 1; seed <= 400; seed++) {
            var scenario = Scenario.of(seed);
            var undisturbed = new Simulation(scenario, seed);
            undisturbed.runToTheEnd(Long.MAX_VALUE);
            var disturbed = new Simulation(scenario, -seed);
            disturbed.crashAnywhere(6, 300);
            disturbed.runToTheEnd(Long.MAX_VALUE);
            compare(scenario, undisturbed, disturbed);
        }
    }

    private static void compare(Scenario scenario, Simulation undisturbed, Simulation disturbed) {
        if (scenario.meddling() == Scenario.Meddling.STOPPED) {
            return;
        }
        if (scenario.failEvery() == 0) {
            assertEquals(undisturbed.ending.get(), disturbed.ending.get(), disturbed::name);
        }
        if (scenario.toleratesAll()) {
            assertEquals(undisturbed.stored().items(), disturbed.stored().items(), disturbed::name);
        } else {
            assertEquals(
                    undisturbed.ending.get().getClass(),
                    disturbed.ending.get().getClass(),
                    disturbed::name);
        }
    }

    /// One run over several processes, which share nothing but the store and the bucket.
    private static final class Simulation {
        private final Scenario scenario;
        private final RandomGenerator random;
        private final long seed;
        private final CommittingStore store = new CommittingStore();
        private final AtomicReference<Ending> ending = new AtomicReference<>();
        private SimulatedWorld world;
        private final RecordedResults results;
        private int placesMax;
        private boolean stopped;

        private Simulation(Scenario scenario, long seed) {
            this.scenario = scenario;
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.world = new SimulatedWorld(seed);
            this.results = new RecordedResults(1 + random.nextInt(4), this::pause);
        }

        private String name() {
            return "seed " + seed + ", " + scenario;
        }

        private void crashAnywhere(int crashes, int stepsMax) {
            for (int each = 0; each < crashes && ending.get() == null; each++) {
                world.crashAtStep(1 + random.nextInt(stepsMax));
                runOnce(Long.MAX_VALUE);
            }
        }

        private void runToTheEnd(long crashAtWrite) {
            runOnce(crashAtWrite);
            if (ending.get() == null) {
                runOnce(Long.MAX_VALUE);
            }
            checkLedger();
        }

        private void runOnce(long crashAtWrite) {
            var process = world;
            store.enter(process, crashAtWrite);
            try {
                process.run(this::live);
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError(name(), failed);
            }
            store.crashed(random);
            world = new SimulatedWorld(random.nextLong(), process.now());
        }

        private void live() throws InterruptedException {
            var record = store.mapRun(RUN).orElseGet(this::record);
            placesMax = Scenario.places(record.settings().maxConcurrency());
            var children = new ScriptedChildren(world, store, this::work, this::checkPlaces);
            var engine = new Surroundings(
                    world, store, _ -> this::source, results, children, scenario.limits());
            var run = engine.open(record, ItemSelector.WHOLE_ITEM, scenario.pace());
            run.admit();
            var watch = world.start("watch", () -> watch(run));
            var meddler = world.start("meddler", () -> meddle(run, record.settings()));
            ending.set(run.run());
            watch.cancel();
            meddler.cancel();
            checkCounts(run.counts());
        }

        private void watch(MapRun run) throws InterruptedException {
            while (true) {
                checkCounts(run.counts());
                world.sleepUntil(world.now().plusMillis(3));
            }
        }

        private void meddle(MapRun run, Settings settings) throws InterruptedException {
            world.sleepUntil(world.now().plusMillis(stopped ? 0 : random.nextInt(60)));
            switch (scenario.meddling()) {
                case NONE -> {}
                case ADJUSTED -> adjust(run, settings);
                case PAUSED -> pauseAndResume(run);
                case STOPPED -> {
                    stopped = true;
                    run.stop(Failure.of("Stopped"), List.of());
                }
            }
        }

        /// A lowered maximum holds from the moment when the change is answered.
        private void adjust(MapRun run, Settings settings) throws InterruptedException {
            boolean isRunning = true;
            while (isRunning) {
                int places = 1 + random.nextInt(7);
                placesMax = Math.max(placesMax, places);
                isRunning = run.adjust(new Settings(
                        places,
                        settings.toleratedFailureCount(),
                        settings.toleratedFailurePercentage()));
                placesMax = isRunning ? places : 8;
                world.sleepUntil(world.now().plusMillis(random.nextInt(20)));
            }
        }

        private void pauseAndResume(MapRun run) throws InterruptedException {
            boolean isRunning = true;
            while (isRunning) {
                isRunning = run.adjust(new Dispatching.Change.Pause());
                world.sleepUntil(world.now().plusMillis(random.nextInt(30)));
                isRunning &= run.adjust(new Dispatching.Change.Resume());
                world.sleepUntil(world.now().plusMillis(random.nextInt(100)));
            }
        }

        private void checkPlaces(int running) {
            assertTrue(
                    running <= placesMax, () -> running + " children in " + placesMax + " places");
        }

        private void checkCounts(MapRun.Standing standing) {
            for (var counts : List.of(standing.items(), standing.executions())) {
                assertTrue(counts.pending() >= 0 && counts.running() >= 0, counts::toString);
            }
            assertTrue(standing.items().total() <= scenario.items(), standing::toString);
            assertTrue(standing.executions().running() <= 8, standing::toString);
        }

        private void pause() throws InterruptedException {
            world.sleepUntil(world.now().plusMillis(random.nextInt(3)));
        }

        private Ending work(Execution child) throws InterruptedException {
            assertEquals(
                    Status.RUNNING,
                    store.execution(child.arn()).orElseThrow().status(),
                    "an ended child ran again");
            pause();
            pause();
            var where = child.child().orElseThrow();
            boolean fails = LongStream.range(
                            where.firstItem(), where.firstItem() + where.itemCount())
                    .anyMatch(scenario::fails);
            return fails
                    ? new Ending.Failed(Failure.of("Boom"))
                    : new Ending.Succeeded(child.input());
        }

        private ItemSource source(Dataset.Read dataset, Optional<String> position)
                throws ReadFailed {
            if (position.isPresent() && !position.get().startsWith("v1 ")) {
                throw new ReadFailed("not the version that was read: " + position.get());
            }
            long start = position.map(at -> Long.parseLong(at.substring(3))).orElse(0L);
            return new ItemSource() {
                private long next = start;

                @Override
                public Optional<Item> next() throws InterruptedException {
                    pause();
                    return next == scenario.items()
                            ? Optional.empty()
                            : Optional.of(
                                    new Item(next, Optional.empty(), Json.of(next++), "s3://b/k"));
                }

                @Override
                public String position() {
                    return "v1 " + next;
                }

                @Override
                public void close() {}
            };
        }

        private MapRunRecord record() {
            return new MapRunRecord(
                    RUN,
                    "arn:aws:states:us-east-1:123456789012:execution:m:e",
                    MACHINE,
                    "Map",
                    scenario.type(),
                    MapRunRecord.Status.RUNNING,
                    world.now(),
                    Optional.empty(),
                    scenario.settings(),
                    scenario.plan().json(),
                    Counts.NONE,
                    Counts.NONE,
                    Optional.empty());
        }

        private MapRunRecord stored() {
            return store.mapRun(RUN).orElseThrow();
        }

        /// Every item is in exactly one child or one pending entry, every child has ended and been
        /// counted once, and the sink holds each of them exactly once.
        private void checkLedger() {
            var counts = stored().items();
            if (scenario.meddling() == Scenario.Meddling.STOPPED) {
                assertTrue(counts.total() <= scenario.items(), this::name);
            } else {
                assertEquals(scenario.items(), counts.total(), this::name);
            }
            assertEquals(0, counts.running(), this::name);
            assertEquals(counts.total(), counts.resultsWritten(), this::name);
            long ended = counts.total() - counts.pending();
            var children = store.children();
            assertEquals(
                    LongStream.range(0, ended).boxed().toList(),
                    children.stream()
                            .map(child -> child.child().orElseThrow())
                            .flatMap(child -> LongStream.range(
                                            child.firstItem(),
                                            child.firstItem() + child.itemCount())
                                    .boxed())
                            .sorted()
                            .toList(),
                    this::name);
            assertEquals(
                    counts.succeeded(),
                    children.stream()
                            .filter(child -> child.status() == Status.SUCCEEDED)
                            .mapToLong(child -> child.child().orElseThrow().itemCount())
                            .sum(),
                    this::name);
            if (scenario.exported()) {
                checkResults(children, ended, counts.total());
            }
        }

        private void checkResults(List<Execution> children, long ended, long total) {
            var entries = new ArrayList<String>();
            var pending = new TreeSet<Long>();
            long pendingItems = 0;
            for (var entry : results.finished()) {
                if (entry.startsWith("PENDING ")) {
                    var items = items(Json.ofText(entry.substring(8)));
                    pending.addAll(items);
                    pendingItems += items.size();
                } else {
                    entries.add(entry);
                }
            }
            assertEquals(
                    children.stream()
                            .map(child ->
                                    child.child().orElseThrow().batch() + " " + child.status())
                            .sorted()
                            .toList(),
                    entries.stream().sorted().toList(),
                    this::name);
            assertEquals(
                    LongStream.range(ended, total).boxed().toList(),
                    List.copyOf(pending),
                    this::name);
            assertEquals(pending.size(), pendingItems, this::name);
        }

        private static List<Long> items(Json input) {
            if (input.value() instanceof Map<?, ?> batch) {
                return ((List<?>) batch.get("Items"))
                        .stream().map(item -> ((Number) item).longValue()).toList();
            }
            return List.of(((Number) input.value()).longValue());
        }
    }
}
