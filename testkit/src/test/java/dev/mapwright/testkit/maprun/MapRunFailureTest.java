package dev.mapwright.testkit.maprun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Limits;
import dev.mapwright.engine.maprun.RunPlan;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;
import dev.mapwright.engine.store.MapRunRecord.Settings;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// What a map run makes of failures: of its children, its dataset and its bucket.
class MapRunFailureTest extends LoneRun {
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
        await(() -> mapRun.counts().items().timedOut() > 0);
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
    void aPercentageInDoubtPausesDispatchUntilTheItemsAreCounted() throws InterruptedException {
        limits = new Limits(10, 1_000_000, 262_144, 2, 10_000, 10_000, 100, 100_000, 10_000);
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
        limits = new Limits(10, 1_000_000, 262_144, 2, 10_000, 10_000, 100, 100_000, 10_000);
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
    void aMissingBucketFailsTheRunBeforeAnyChildStarts() throws InterruptedException {
        var target = Json.ofText("{\"Bucket\":\"missing\"}");

        var ending = run(
                new RunPlan(items("[1]"), Optional.empty(), Optional.of(target), Optional.empty()),
                STRICT,
                Execution.Type.STANDARD,
                LoneRun::echo);

        assertEquals(
                new Ending.Failed(Failure.of(
                        "States.ResultWriterFailed",
                        "The specified bucket does not exist: missing")),
                ending);
        assertEquals(List.of(), children.launched());
    }

    @Test
    void anUnreadableDatasetFailsTheRun() throws InterruptedException {
        assertEquals(
                Failure.of("States.ItemReaderFailed", "no reader for s3:getObject"),
                failureOfReader(0));
    }

    @Test
    void aNegativeMaxItemsFailsTheReader() throws InterruptedException {
        assertEquals(
                Failure.of("States.ItemReaderFailed", "field MaxItems must be positive"),
                failureOfReader(-1));
    }

    private Failure failureOfReader(long itemsMax) throws InterruptedException {
        var read = new Dataset.Read("s3:getObject", Json.EMPTY_OBJECT, Json.EMPTY_OBJECT, itemsMax);
        var ending = run(
                new RunPlan(read, Optional.empty(), Optional.empty(), Optional.empty()),
                STRICT,
                Execution.Type.STANDARD,
                LoneRun::echo);
        return assertInstanceOf(Ending.Failed.class, ending).failure();
    }

    @Test
    void aSelectorThatFailsEndsTheRunWithItsError() throws InterruptedException {
        selector = item -> {
            throw EvaluationFailed.runtime("no $.x");
        };

        var ending = run(plan("[1]"), STRICT, Execution.Type.STANDARD, LoneRun::echo);

        assertEquals(new Ending.Failed(Failure.of("States.Runtime", "no $.x")), ending);
    }
}
