package dev.mapwright.testkit.maprun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Limits;
import dev.mapwright.engine.maprun.MapRun;
import dev.mapwright.engine.maprun.RunPlan;
import dev.mapwright.engine.maprun.RunPlan.Batching;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;

/// What a map run makes of its items.
class MapRunTest extends LoneRun {
    private static final Limits ROOM_FOR_200_BYTES =
            new Limits(10, 1_000, 262_144, 10, 10_000, 200, 100, 10_000, 10_000);

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
        var ending = run(plan("[]"), STRICT, Execution.Type.STANDARD, LoneRun::echo);

        assertEquals(new Ending.Succeeded(Json.EMPTY_ARRAY), ending);
    }

    @Test
    void iteratesAnObjectAsPairs() throws InterruptedException {
        var ending =
                run(plan("{\"a\":1,\"b\":[2]}"), STRICT, Execution.Type.STANDARD, LoneRun::echo);

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
                LoneRun::echo);

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

    @ParameterizedTest
    @CsvSource({"98, 2", "198, 1", "300, 1"})
    void childrenWithLargeInputsWaitForRoom(int letters, int atOnce) throws InterruptedException {
        limits = ROOM_FOR_200_BYTES;
        String items = "[%s]".formatted(texts(8, letters));

        var ending = run(plan(items), STRICT, Execution.Type.STANDARD, child -> {
            world.sleepUntil(world.now().plusMillis(10));
            return echo(child);
        });

        assertEquals(items, output(ending));
        assertEquals(atOnce, children.runningMax());
    }

    /// What each of the ten places could hold needs no room.
    @Test
    void smallInputsRunBesideALargeOne() throws InterruptedException {
        limits = ROOM_FOR_200_BYTES;
        var together = new CountDownLatch(10);
        String items = "[%s,%s]".formatted(texts(1, 300), texts(9, 18));

        var ending = run(plan(items), STRICT, Execution.Type.STANDARD, child -> {
            together.countDown();
            together.await();
            return echo(child);
        });

        assertEquals(items, output(ending));
    }

    /// Items of so many letters in quotation marks.
    private static String texts(int count, int letters) {
        return String.join(",", Collections.nCopies(count, '"' + "x".repeat(letters) + '"'));
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
                LoneRun::echo);

        assertEquals("[0,1,2]", output(ending));
    }

    /// Of a dataset without end, under a quota of five items where AWS has 100,000,000.
    @Test
    void readingStopsAtTheQuotaOfItemsWithoutAnError() throws InterruptedException {
        assertEquals(100_000_000, Limits.STANDARD.itemsMax());
        limits = new Limits(10, 5, 262_144, 3, 10_000, 10_000, 10, 10_000, 10_000);
        var latch = new CountDownLatch(0);
        readers = dataset ->
                (read, position) -> new GatedItems(Long.MAX_VALUE, position, -1, latch, latch);

        var ending = run(READ, STRICT, Execution.Type.STANDARD, LoneRun::echo);

        assertEquals(numbers(5), output(ending));
        assertEquals(new Counts(0, 0, 5, 0, 0, 0, 5, 0, 0), stored().items());
    }

    @Test
    void aResultAboveThePayloadQuotaFailsTheRun() throws InterruptedException {
        limits = new Limits(10, 1_000, 20, 10, 10_000, 10_000, 10, 10_000, 10_000);

        var ending = run(plan(numbers(10)), STRICT, Execution.Type.STANDARD, LoneRun::echo);

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
                LoneRun::echo);

        assertEquals("\"1\\n2\\n3\\n\"", output(ending));
    }

    @Test
    void exportsEachResultOnceAndReturnsWhereTheManifestIs() throws InterruptedException {
        var ending =
                run(exported(numbers(10)), concurrency(1), Execution.Type.STANDARD, LoneRun::echo);

        assertEquals(
                "{\"MapRunArn\":\"" + RUN
                        + "\",\"ResultWriterDetails\":{\"Bucket\":\"b\",\"Key\":\"manifest.json\"}}",
                output(ending));
        assertEquals(
                LongStream.range(0, 10).mapToObj(batch -> batch + " SUCCEEDED").toList(),
                results.finished());
    }

    @Test
    void aFinishedRunReturnsItsEndingAgain() throws InterruptedException {
        run(plan("[1]"), STRICT, Execution.Type.STANDARD, LoneRun::echo);

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
        limits = new Limits(10, 1_000_000, 262_144, 10, 10_000, 10_000, 100, 100_000, 20);

        var ending = run(exported(numbers(2_000)), STRICT, Execution.Type.EXPRESS, LoneRun::echo);

        assertTrue(ending instanceof Ending.Succeeded);
        assertEquals(2_000, results.finished().size());
        assertTrue(store.lineCount() < 50, store.lineCount() + " lines");
    }
}
