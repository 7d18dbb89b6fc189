package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.Execution.Type;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;
import dev.mapwright.testkit.world.SimulatedWorld.End;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// EXPRESS children have five minutes. A crash lets them begin anew, with all of it.
class ExpressChildTimeTest {
    @Test
    void aChildThatTakesMoreThanFiveMinutesTimesOut() {
        assertEquals(Status.SUCCEEDED, undisturbed(299));
        assertEquals(Status.FAILED, undisturbed(301));
    }

    @Test
    void aChildThatWasCutOffHasItsWholeTimeAgainHoweverLateTheNextProcessIs() {
        var world = new SimulatedWorld(1);
        var store = new MemoryStore(world);
        var begun = new ArrayList<Execution>();
        assertEquals(End.CRASHED, world.run(() -> {
            begun.add(start(machines(world, store), 200));
            world.sleepUntil(world.now().plusSeconds(150));
            world.crash();
        }));
        var next = new SimulatedWorld(2, world.now().plus(Duration.ofHours(1)));
        MemoryStore left = store.crash(next);
        assertEquals(End.COMPLETED, next.run(() -> {
            Machines machines = machines(next, left);
            machines.engine().resume();
            assertEquals(Status.SUCCEEDED, machines.await(begun.getFirst()).status());
        }));
    }

    private static Status undisturbed(int seconds) {
        var world = new SimulatedWorld(1);
        var ended = new ArrayList<Execution>();
        assertEquals(End.COMPLETED, world.run(() -> {
            Machines machines = machines(world, new MemoryStore(world));
            ended.add(machines.await(start(machines, seconds)));
        }));
        return ended.getFirst().status();
    }

    private static Machines machines(SimulatedWorld world, MemoryStore store) {
        return new Machines(world, store, _ -> Optional.empty());
    }

    private static Execution start(Machines machines, int seconds) throws InterruptedException {
        var machine = machines.create("m", Type.STANDARD, """
                {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
                  "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                  "StartAt": "W", "States": {"W": {"Type": "Wait", "SecondsPath": "$", "End": true}}}}}}""");
        return machines.start(machine, "e", List.of(seconds).toString());
    }
}
