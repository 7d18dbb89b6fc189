package dev.mapwright.testkit.maprun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Failure;
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
import dev.mapwright.engine.maprun.RunPlan.Batching;
import dev.mapwright.engine.maprun.Surroundings;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;
import dev.mapwright.engine.store.MapRunRecord.Settings;
import dev.mapwright.engine.world.World;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

@Timeout(30)
class MapRunTest {
    private static final String RUN = "arn:aws:states:us-east-1:123456789012:mapRun:m/label:run";
    private static final Settings STRICT = new Settings(0, Optional.empty(), Optional.empty());
    private static final ItemReaders NO_READERS = dataset -> {
        throw new ReadFailed("no reader for " + dataset.resource());
    };

    private static final RunPlan READ = new RunPlan(
            new Dataset.Read("s3:getObject", Json.EMPTY_OBJECT, Json.EMPTY_OBJECT, 0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private final World world = new ThreadWorld();
    private final FakeStore store = new FakeStore();
    private final RecordedResults results = new RecordedResults(3, () -> {});
    private ItemReaders readers = NO_READERS;
    private ItemSelector selector = ItemSelector.WHOLE_ITEM;
    private Limits limits = Limits.STANDARD;
    private ScriptedChildren children;

    @Test
    void returnsOutputsInTheOrderOfTheItems() throws InterruptedException {
        var ending = run(plan("[3,1,2]"), STRICT, Execution.Type.EXPRESS, child -> {
            world.sleepUntil(world.now().plusMillis(10 * number(child.input())));
            return succeeded(child.input().text() + "0");
        });

        assertEquals(new Ending.Succeeded(Json.ofText("[30,10,20]")), ending);
        assertEquals(new Counts(0, 0, 3, 0, 0, 0, 3, 0, 0), stored().items());
        assertEquals(MapRunRecord.Status.SUCCEEDED, stored().status());
        assertTrue(stored().endedAt().isPresent());
    }

    @Test
    void anEmptyDatasetSucceedsAtOnce() throws InterruptedException {
        var ending = run(plan("[]"), STRICT, Execution.Type.STANDARD, MapRunTest::echo);

        assertEquals(new Ending.Succeeded(Json.EMPTY_ARRAY), ending);
    }

    @Test
    void iteratesAnObjectAsPairs() throws InterruptedException {
        var ending =
                run(plan("{\"a\":1,\"b\":[2]}"), STRICT, Execution.Type.STANDARD, MapRunTest::echo);

        assertEquals("[{\"Key\":\"a\",\"Value\":1},{\"Key\":\"b\",\"Value\":[2]}]", output(ending));
    }

    @Test
    void selectsEachItemAndThenBatches() throws InterruptedException {
        selector = item -> Json.ofText("{\"i\":" + item.index() + "}");
        var batching = new Batching(2, limits.payloadBytesMax(), Optional.of(Json.ofText("7")));

        var ending = run(
                new RunPlan(
                        items("[9,9,9]"),
                        Optional.of(batching),
                        Optional.empty(),
                        Optional.empty()),
                STRICT,
                Execution.Type.STANDARD,
                MapRunTest::echo);

        assertEquals(
                "[{\"BatchInput\":7,\"Items\":[{\"i\":0},{\"i\":1}]},{\"BatchInput\":7,\"Items\":[{\"i\":2}]}]",
                output(ending));
        assertEquals(3, stored().items().succeeded());
        assertEquals(2, stored().executions().succeeded());
    }

    @Test
    void neverRunsMoreChildrenThanMaxConcurrency() throws InterruptedException {
        var ending = run(plan(numbers(50)), concurrency(3), Execution.Type.STANDARD, child -> {
            world.sleepUntil(world.now().plusMillis(1));
            return echo(child);
        });

        assertEquals(numbers(50), output(ending));
        assertEquals(3, children.runningMax());
        assertEquals(LongStream.range(0, 50).boxed().toList(), children.launched());
    }

    @Test
    void aFailureThatIsNotToleratedStopsStandardChildrenAndLeavesTheRestPending()
            throws InterruptedException {
        var ending = run(exported(numbers(6)), concurrency(2), Execution.Type.STANDARD, child -> {
            if (number(child.input()) == 1) {
                return new Ending.Failed(Failure.of("Boom"));
            }
            world.sleepUntil(Instant.MAX.minusSeconds(1_000_000));
            return echo(child);
        });

        assertEquals(
                new Ending.Failed(Failure.of(
                        "States.ExceedToleratedFailureThreshold",
                        "The specified tolerated failure threshold was exceeded")),
                ending);
        assertEquals(
                List.of(
                        "1 FAILED",
                        "0 ABORTED",
                        "PENDING 2",
                        "PENDING 3",
                        "PENDING 4",
                        "PENDING 5"),
                results.finished());
        assertEquals(new Counts(4, 0, 0, 1, 0, 1, 6, 0, 0), stored().items());
        assertEquals(MapRunRecord.Status.FAILED, stored().status());
    }

    @Test
    void expressChildrenFinishAfterABreach() throws InterruptedException {
        var bothRun = new CountDownLatch(2);
        var breached = new CountDownLatch(1);
        var mapRun = mapRun(exported(numbers(3)), concurrency(2), Execution.Type.EXPRESS, child -> {
            bothRun.countDown();
            bothRun.await();
            if (number(child.input()) == 0) {
                return new Ending.TimedOut(Failure.of("States.Timeout"));
            }
            breached.await();
            return echo(child);
        });
        var ending = beside(mapRun);
        while (mapRun.counts().items().timedOut() == 0) {
            world.sleepUntil(world.now().plusMillis(1));
        }
        breached.countDown();

        assertTrue(ending.await() instanceof Ending.Failed);
        assertEquals(List.of("0 TIMED_OUT", "1 SUCCEEDED", "PENDING 2"), results.finished());
    }

    @Test
    void toleratedFailuresStandInTheResultAsObjects() throws InterruptedException {
        var ending = run(
                plan("[1,2]"),
                new Settings(0, Optional.of(1L), Optional.empty()),
                Execution.Type.STANDARD,
                child -> number(child.input()) == 1
                        ? new Ending.Failed(Failure.of("Boom", "because"))
                        : echo(child));

        var text = output(ending);
        assertTrue(
                text.startsWith("[{\"Cause\":\"because\",\"Error\":\"Boom\",\"ExecutionArn\":"),
                text);
        assertTrue(text.endsWith("},2]"), text);
    }

    @Test
    void aResultAboveThePayloadQuotaFailsTheRun() throws InterruptedException {
        limits = new Limits(10, 1_000, 20, 10, 10_000, 10, 10_000, 10_000);

        var ending = run(plan(numbers(10)), STRICT, Execution.Type.STANDARD, MapRunTest::echo);

        assertEquals(
                new Ending.Failed(Failure.of(
                        "States.DataLimitExceeded",
                        "The state/task 'Map' returned a result with a size exceeding the maximum number of bytes"
                                + " service limit.")),
                ending);
    }

    @Test
    void formatsTheResultAsTheWriterConfigSays() throws InterruptedException {
        var format = Json.ofText("{\"Transformation\":\"FLATTEN\",\"OutputType\":\"JSONL\"}");

        var ending = run(
                new RunPlan(
                        items("[[1,2],3]"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(format)),
                STRICT,
                Execution.Type.STANDARD,
                MapRunTest::echo);

        assertEquals("\"1\\n2\\n3\\n\"", output(ending));
    }

    @Test
    void exportsEachResultOnceAndReturnsWhereTheManifestIs() throws InterruptedException {
        var ending = run(
                exported(numbers(10)), concurrency(1), Execution.Type.STANDARD, MapRunTest::echo);

        assertEquals(
                "{\"MapRunArn\":\"" + RUN
                        + "\",\"ResultWriterDetails\":{\"Bucket\":\"b\",\"Key\":\"manifest.json\"}}",
                output(ending));
        assertEquals(
                LongStream.range(0, 10).mapToObj(batch -> batch + " SUCCEEDED").toList(),
                results.finished());
    }

    @Test
    void aMissingBucketFailsTheRunBeforeAnyChildStarts() throws InterruptedException {
        var target = Json.ofText("{\"Bucket\":\"missing\"}");

        var ending = run(
                new RunPlan(items("[1]"), Optional.empty(), Optional.of(target), Optional.empty()),
                STRICT,
                Execution.Type.STANDARD,
                MapRunTest::echo);

        assertEquals(
                new Ending.Failed(Failure.of(
                        "States.ResultWriterFailed",
                        "The specified bucket does not exist: missing")),
                ending);
        assertEquals(List.of(), children.launched());
    }

    @Test
    void anUnreadableDatasetFailsTheRun() throws InterruptedException {
        var read = new Dataset.Read("s3:getObject", Json.EMPTY_OBJECT, Json.EMPTY_OBJECT, 0);

        var ending = run(
                new RunPlan(read, Optional.empty(), Optional.empty(), Optional.empty()),
                STRICT,
                Execution.Type.STANDARD,
                MapRunTest::echo);

        assertEquals(
                new Ending.Failed(
                        Failure.of("States.ItemReaderFailed", "no reader for s3:getObject")),
                ending);
    }

    @Test
    void aNegativeMaxItemsFailsTheReader() throws InterruptedException {
        var read = new Dataset.Read("s3:getObject", Json.EMPTY_OBJECT, Json.EMPTY_OBJECT, -1);

        var ending = run(
                new RunPlan(read, Optional.empty(), Optional.empty(), Optional.empty()),
                STRICT,
                Execution.Type.STANDARD,
                MapRunTest::echo);

        assertEquals(
                new Ending.Failed(
                        Failure.of("States.ItemReaderFailed", "field MaxItems must be positive")),
                ending);
    }

    @Test
    void aSelectorThatFailsEndsTheRunWithItsError() throws InterruptedException {
        selector = item -> {
            throw EvaluationFailed.runtime("no $.x");
        };

        var ending = run(plan("[1]"), STRICT, Execution.Type.STANDARD, MapRunTest::echo);

        assertEquals(new Ending.Failed(Failure.of("States.Runtime", "no $.x")), ending);
    }

    @Test
    void aPercentageInDoubtPausesDispatchUntilTheItemsAreCounted() throws InterruptedException {
        limits = new Limits(10, 1_000_000, 262_144, 2, 10_000, 100, 100_000, 10_000);
        var counting = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        readers = dataset -> (read, position) -> new GatedItems(100, position, 50, counting, goOn);
        var mapRun = mapRun(
                READ,
                percentage(2),
                Execution.Type.STANDARD,
                child -> number(child.input()) < 2
                        ? new Ending.Failed(Failure.of("Boom"))
                        : echo(child));
        var ending = beside(mapRun);
        counting.await();

        assertEquals(List.of(0L), children.launched());
        goOn.countDown();
        assertTrue(ending.await() instanceof Ending.Succeeded);
        assertEquals(new Counts(0, 0, 98, 2, 0, 0, 100, 0, 0), stored().items());
    }

    @Test
    void aPercentageBreachIsDeclaredOnceTheItemsAreCounted() throws InterruptedException {
        limits = new Limits(10, 1_000_000, 262_144, 2, 10_000, 100, 100_000, 10_000);
        var latch = new CountDownLatch(0);
        readers = dataset -> (read, position) -> new GatedItems(10, position, 100, latch, latch);

        var ending = run(
                READ,
                percentage(5),
                Execution.Type.STANDARD,
                child -> new Ending.Failed(Failure.of("Boom")));

        assertTrue(ending instanceof Ending.Failed);
        assertEquals(new Counts(9, 0, 0, 1, 0, 0, 10, 0, 0), stored().items());
    }

    @Test
    void maxItemsEndsTheReading() throws InterruptedException {
        var latch = new CountDownLatch(0);
        readers = dataset -> (read, position) -> new GatedItems(10, position, 100, latch, latch);
        var firstThree = new Dataset.Read("s3:getObject", Json.EMPTY_OBJECT, Json.EMPTY_OBJECT, 3);

        var ending = run(
                new RunPlan(firstThree, Optional.empty(), Optional.empty(), Optional.empty()),
                STRICT,
                Execution.Type.STANDARD,
                MapRunTest::echo);

        assertEquals("[0,1,2]", output(ending));
    }

    /// The numbers from 0 on, held up at one of them until `goOn`.
    private static final class GatedItems implements ItemSource {
        private final long count;
        private final long gate;
        private final CountDownLatch reached;
        private final CountDownLatch goOn;
        private long next;

        private GatedItems(
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

    @Test
    void aStopAbortsTheRunAndItsStandardChildren() throws InterruptedException {
        var started = new CountDownLatch(2);
        var mapRun =
                mapRun(exported(numbers(5)), concurrency(2), Execution.Type.STANDARD, child -> {
                    started.countDown();
                    world.sleepUntil(Instant.MAX.minusSeconds(1_000_000));
                    return echo(child);
                });
        var ending = beside(mapRun);
        started.await();

        mapRun.stop(Failure.of("Stopped", "by hand"));

        assertEquals(new Ending.Aborted(Failure.of("Stopped", "by hand")), ending.await());
        assertEquals(MapRunRecord.Status.ABORTED, stored().status());
        assertEquals(2, stored().items().aborted());
        assertFalse(mapRun.adjust(concurrency(1)));
    }

    @Test
    void raisingMaxConcurrencyStartsChildrenAtOnceAndLoweringItStartsNone()
            throws InterruptedException {
        var release = new CountDownLatch(1);
        var mapRun = mapRun(plan(numbers(10)), concurrency(1), Execution.Type.STANDARD, child -> {
            release.await();
            return echo(child);
        });
        var ending = beside(mapRun);
        awaitRunning(mapRun, 1);

        assertTrue(mapRun.adjust(concurrency(4)));
        awaitRunning(mapRun, 4);
        assertTrue(mapRun.adjust(concurrency(2)));

        assertEquals(new Counts(6, 4, 0, 0, 0, 0, 0, 0, 0), mapRun.counts().items());
        assertEquals(2, mapRun.counts().settings().maxConcurrency());
        assertEquals(2, stored().settings().maxConcurrency());
        release.countDown();
        assertEquals(numbers(10), output(ending.await()));
        assertEquals(4, children.runningMax());
    }

    @Test
    void loweringTheToleranceFailsARunThatHasFailuresAlready() throws InterruptedException {
        var mapRun = mapRun(
                plan(numbers(3)),
                new Settings(2, Optional.of(1L), Optional.empty()),
                Execution.Type.STANDARD,
                child -> {
                    if (number(child.input()) == 0) {
                        return new Ending.Failed(Failure.of("Boom"));
                    }
                    world.sleepUntil(Instant.MAX.minusSeconds(1_000_000));
                    return echo(child);
                });
        var ending = beside(mapRun);
        while (mapRun.counts().items().failed() == 0) {
            world.sleepUntil(world.now().plusMillis(1));
        }

        assertTrue(mapRun.adjust(new Settings(2, Optional.of(0L), Optional.empty())));

        assertTrue(ending.await() instanceof Ending.Failed);
    }

    @Test
    void aFinishedRunReturnsItsEndingAgain() throws InterruptedException {
        run(plan("[1]"), STRICT, Execution.Type.STANDARD, MapRunTest::echo);

        var again = engine().open(stored(), selector, Optional.empty()).run();

        assertEquals(new Ending.Succeeded(Json.ofText("[1]")), again);
    }

    @Test
    void aRunThatNobodyHasTakenUpYetShowsWhatItsJournalSays() throws InterruptedException {
        run(plan("[1,2,3]"), STRICT, Execution.Type.STANDARD, MapRunTest::echo);

        var opened = engine().open(stored(), selector, Optional.empty());

        assertEquals(3, opened.counts().items().succeeded());
        assertEquals(3, MapRun.recorded(store, stored()).items().succeeded());
    }

    @Test
    void snapshotsKeepTheJournalShort() throws InterruptedException {
        limits = new Limits(10, 1_000_000, 262_144, 10, 10_000, 100, 100_000, 20);

        var ending =
                run(exported(numbers(2_000)), STRICT, Execution.Type.EXPRESS, MapRunTest::echo);

        assertTrue(ending instanceof Ending.Succeeded);
        assertEquals(2_000, results.finished().size());
        assertTrue(store.lineCount() < 50, store.lineCount() + " lines");
    }

    private Ending run(
            RunPlan plan, Settings settings, Execution.Type type, ScriptedChildren.Work work)
            throws InterruptedException {
        return mapRun(plan, settings, type, work).run();
    }

    private MapRun mapRun(
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

    private Surroundings engine() {
        return new Surroundings(world, store, readers, results, children, limits);
    }

    private MapRunRecord stored() {
        return store.mapRun(RUN).orElseThrow();
    }

    private interface Awaited {
        Ending await() throws InterruptedException;
    }

    private Awaited beside(MapRun mapRun) {
        var ending = new AtomicReference<Ending>();
        var strand = world.start("run", () -> ending.set(mapRun.run()));
        return () -> {
            strand.join();
            return ending.get();
        };
    }

    private void awaitRunning(MapRun mapRun, long count) throws InterruptedException {
        while (mapRun.counts().executions().running() < count) {
            world.sleepUntil(world.now().plusMillis(1));
        }
    }

    private static RunPlan plan(String items) {
        return new RunPlan(items(items), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static RunPlan exported(String items) {
        var target = Json.ofText("{\"Bucket\":\"b\"}");
        return new RunPlan(items(items), Optional.empty(), Optional.of(target), Optional.empty());
    }

    private static Dataset items(String items) {
        return new Dataset.StateItems(Json.ofText(items));
    }

    private static Settings concurrency(int max) {
        return new Settings(max, Optional.empty(), Optional.empty());
    }

    private static Settings percentage(double tolerated) {
        return new Settings(1, Optional.empty(), Optional.of(tolerated));
    }

    private static String numbers(int count) {
        return LongStream.range(0, count)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static long number(Json json) {
        return ((Number) json.value()).longValue();
    }

    private static Ending echo(Execution child) {
        return new Ending.Succeeded(child.input());
    }

    private static Ending succeeded(String output) {
        return new Ending.Succeeded(Json.ofText(output));
    }

    private static String output(Ending ending) {
        return ending instanceof Ending.Succeeded(Json output) ? output.text() : ending.toString();
    }
}
