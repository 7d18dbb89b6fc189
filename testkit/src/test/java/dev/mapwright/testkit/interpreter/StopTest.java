package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.engine.execution.Machine;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;

/// StopExecution at moments that a caller can't know of.
class StopTest {
    private static final int SEEDS = 200;

    private static final String WAIT = """
            {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 100, "End": true}}}""";

    /// Others see the record of a new execution a moment before its first state is entered.
    @Test
    void anExecutionIsStoppedFromTheMomentItCanBeSeen() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var world = new SimulatedWorld(seed);
            String at = "seed " + seed;
            world.run(() -> {
                var machines = new Machines(world, new MemoryStore(world), _ -> Optional.empty());
                Machine machine = machines.create("m", Execution.Type.STANDARD, WAIT);
                var starter = world.start("starter", () -> machines.start(machine, "e", "{}"));
                Execution seen = machines.firstSeen(Machines.PLACE.arn("execution:m:e"));
                machines.stop(seen);
                starter.join();
                Execution stopped = machines.await(seen);
                assertEquals(Status.ABORTED, stopped.status(), at);
                Duration took =
                        Duration.between(stopped.startedAt(), stopped.endedAt().orElseThrow());
                assertEquals(0, took.toSeconds(), at);
            });
        }
    }

    @Test
    void aStopThatCameBeforeACrashIsCarriedOutByTheNextProcess() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var first = new SimulatedWorld(seed);
            var store = new MemoryStore(first);
            first.run(() -> {
                var machines = new Machines(first, store, _ -> Optional.empty());
                Machine machine = machines.create("m", Execution.Type.STANDARD, WAIT);
                first.start("starter", () -> machines.start(machine, "e", "{}"));
                machines.stop(machines.firstSeen(Machines.PLACE.arn("execution:m:e")));
            });
            var second = new SimulatedWorld(seed, first.now());
            second.run(() -> {
                var machines = new Machines(second, store.crash(second), _ -> Optional.empty());
                machines.engine().resume();
                Execution left = machines.firstSeen(Machines.PLACE.arn("execution:m:e"));
                assertEquals(Status.ABORTED, machines.await(left).status());
            });
        }
    }
}
