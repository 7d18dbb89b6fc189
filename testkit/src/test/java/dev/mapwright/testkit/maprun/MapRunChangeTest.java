package dev.mapwright.testkit.maprun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;
import dev.mapwright.engine.store.MapRunRecord.Settings;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A map run that is stopped or changed while it runs.
class MapRunChangeTest extends LoneRun {
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

        assertTrue(mapRun.stop(Failure.of("Stopped", "by hand"), List.of()));

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
        await(() -> mapRun.counts().items().total() == 10);

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
        await(() -> mapRun.counts().items().failed() > 0);

        assertTrue(mapRun.adjust(new Settings(2, Optional.of(0L), Optional.empty())));

        assertTrue(ending.await() instanceof Ending.Failed);
    }
}
