package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.execution.Machine;
import dev.mapwright.engine.execution.MapRuns.Update;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.execution.Settings;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;
import dev.mapwright.testkit.world.SimulatedWorld.End;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Map runs beyond the quota of open ones wait for their turn. Here the quota is two.
class OpenMapRunsTest {
    private static final Settings TWO_AT_WORK =
            Settings.AWS.with(new Quotas(262_144, 25_000, 40, 2, 10_000, 100_000_000, 1_000));

    /// Its children wait as long as their item says.
    private static final String WAITING = """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
              "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
              "StartAt": "W", "States": {"W": {"Type": "Wait", "SecondsPath": "$", "End": true}}}}}}""";

    @Test
    void theThirdRunIsStartedAndCountsNothingUntilOneOfTheFirstTwoHasEnded() {
        simulate((machines, world) -> {
            List<Execution> all = start(machines, "[10]", "[30]", "[50]");
            pass(world, 5);
            assertEquals(2, machines.engine().mapRuns().openCount());
            assertEquals(1, machines.engine().mapRuns().backlogCount());
            MapRunRecord third = machines.runs(all.get(2)).getFirst();
            assertEquals(MapRunRecord.Status.RUNNING, third.status());
            assertEquals(Counts.NONE, third.items());
            assertTrue(machines.history(all.get(2)).endsWith("4 <- 3 MapRunStarted\n"));
            pass(world, 10);
            assertEquals(
                    new Counts(0, 1, 0, 0, 0, 0, 0, 0, 0),
                    machines.runs(all.get(2)).getFirst().items());
            assertEquals(0, machines.engine().mapRuns().backlogCount());
            assertEquals(60, seconds(machines.await(all.get(2))));
        });
    }

    @Test
    void thoseThatWaitComeInTheOrderInWhichTheyBegan() {
        simulate((machines, world) -> {
            List<Execution> all = start(machines, "[10]", "[20]", "[30]", "[1]", "[1]");
            var seconds = new ArrayList<Long>();
            for (Execution execution : all) {
                seconds.add(seconds(machines.await(execution)));
            }
            assertEquals(List.of(10L, 20L, 40L, 21L, 22L), seconds);
        });
    }

    @Test
    void oneThatWaitsCanBeStoppedAndTakesNobodysTurn() {
        simulate((machines, world) -> {
            List<Execution> all = start(machines, "[10]", "[10]", "[50]", "[1]");
            pass(world, 5);
            machines.stop(all.get(2));
            assertEquals(Execution.Status.ABORTED, machines.await(all.get(2)).status());
            assertEquals(
                    MapRunRecord.Status.ABORTED,
                    machines.runs(all.get(2)).getFirst().status());
            assertEquals(5, seconds(machines.await(all.get(2))));
            assertEquals(11, seconds(machines.await(all.get(3))));
            assertEquals(0, machines.engine().mapRuns().openCount());
        });
    }

    @Test
    void oneThatWaitsCanBeAdjusted() {
        simulate((machines, world) -> {
            List<Execution> all = start(machines, "[10]", "[10]", "[1, 1, 1]");
            pass(world, 5);
            update(machines, machines.runs(all.get(2)).getFirst().arn(), 1);
            assertEquals(1, machines.runs(all.get(2)).getFirst().settings().maxConcurrency());
            assertEquals(13, seconds(machines.await(all.get(2))));
        });
    }

    @Test
    void afterACrashTheSameRunsAreAtWorkAndTheSameWait() {
        var world = new SimulatedWorld(3);
        var store = new MemoryStore(world);
        var begun = new ArrayList<Execution>();
        assertEquals(End.CRASHED, world.run(() -> {
            Machines machines = machines(world, store);
            begun.addAll(start(machines, "[30]", "[30]", "[20]", "[10]"));
            pass(world, 5);
            world.crash();
        }));
        var next = new SimulatedWorld(4, world.now());
        MemoryStore left = store.crash(next);
        assertEquals(End.COMPLETED, next.run(() -> {
            Machines machines = machines(next, left);
            pass(next, 5);
            assertEquals(2, machines.engine().mapRuns().openCount());
            assertEquals(2, machines.engine().mapRuns().backlogCount());
            var seconds = new ArrayList<Long>();
            for (Execution execution : begun) {
                seconds.add(seconds(machines.await(execution)));
            }
            assertEquals(List.of(30L, 30L, 50L, 40L), seconds);
        }));
    }

    private interface Check {
        void run(Machines machines, SimulatedWorld world) throws InterruptedException;
    }

    private static void simulate(Check check) {
        for (long seed = 1; seed <= 20; seed++) {
            var world = new SimulatedWorld(seed);
            var store = new MemoryStore(world);
            assertEquals(End.COMPLETED, world.run(() -> check.run(machines(world, store), world)));
        }
    }

    private static Machines machines(SimulatedWorld world, MemoryStore store) {
        var machines = new Machines(world, store, _ -> Optional.empty(), TWO_AT_WORK);
        machines.engine().resume();
        return machines;
    }

    /// One after the other, so that their order is known.
    private static List<Execution> start(Machines machines, String... inputs)
            throws InterruptedException {
        Machine machine = machines.create("m", Execution.Type.STANDARD, WAITING);
        var all = new ArrayList<Execution>();
        for (String input : inputs) {
            Execution execution = machines.start(machine, "e" + all.size(), input);
            while (machines.runs(execution).isEmpty()) {
                machines.pass(Duration.ofMillis(1));
            }
            all.add(execution);
        }
        return all;
    }

    private static void update(Machines machines, String mapRunArn, int maxConcurrency)
            throws InterruptedException {
        try {
            machines.engine()
                    .mapRuns()
                    .update(
                            mapRunArn,
                            new Update(
                                    Optional.of(maxConcurrency),
                                    Optional.empty(),
                                    Optional.empty()));
        } catch (Refused refused) {
            throw new AssertionError(refused.code() + ": " + refused.getMessage());
        }
    }

    private static void pass(SimulatedWorld world, long seconds) throws InterruptedException {
        world.sleepUntil(world.now().plusSeconds(seconds));
    }

    private static long seconds(Execution ended) {
        return Duration.between(ended.startedAt(), ended.endedAt().orElseThrow())
                .plusMillis(500)
                .toSeconds();
    }
}
