package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.util.Optional;

/// When the ends of children that call something are written. All children start in the first
/// instant; those with small numbers are called for a second, the others for a minute.
class ChildEndingsTest {
    private final SimulatedWorld world = new SimulatedWorld(7);
    private final MemoryStore store = new MemoryStore();

    @Test
    void fewOfManyUnderWayAreHeldBackForThirtyMilliseconds() {
        world.run(() -> {
            Machines machines = machines(3);
            Execution parent = start(machines, 200);
            assertEquals(0, endedAfter(1_029, machines, parent));
            assertEquals(3, endedAfter(1_031, machines, parent));
            assertEquals(Status.SUCCEEDED, machines.await(parent).status());
        });
    }

    @Test
    void noneIsHeldBackWhenTheEngineShutsDown() {
        world.run(() -> {
            Machines machines = machines(3);
            Execution parent = start(machines, 200);
            assertEquals(0, endedAfter(1_001, machines, parent));
            machines.engine().shutDown();
            assertEquals(3, endedAfter(1_001, machines, parent));
        });
    }

    @Test
    void aSixteenthOfThoseUnderWayIsNotHeldBack() {
        world.run(() -> {
            Machines machines = machines(13);
            Execution parent = start(machines, 200);
            assertEquals(13, endedAfter(1_001, machines, parent));
            assertEquals(Status.SUCCEEDED, machines.await(parent).status());
        });
    }

    @Test
    void noneOfFewUnderWayIsHeldBack() {
        world.run(() -> {
            Machines machines = machines(1);
            Execution parent = start(machines, 16);
            assertEquals(1, endedAfter(1_001, machines, parent));
            assertEquals(Status.SUCCEEDED, machines.await(parent).status());
        });
    }

    /// @param quick numbers that are called for a second
    private Machines machines(int quick) {
        return new Machines(world, store, _ -> Optional.of(request -> call(request, quick)));
    }

    private Json call(TaskRequest request, int quick) throws InterruptedException {
        long number = ((Number) request.arguments().value()).longValue();
        world.sleepUntil(world.now().plusSeconds(number < quick ? 1 : 60));
        return request.arguments();
    }

    private Execution start(Machines machines, int items) throws InterruptedException {
        var machine = machines.create("orders", Execution.Type.STANDARD, """
                {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "MaxConcurrency": 200,
                  "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                    "StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                      "Resource": "arn:aws:states:::lambda:invoke"}}}}}}""");
        return machines.start(machine, "1", Machines.numbers(items));
    }

    /// How many children are known to have succeeded so many milliseconds after the start.
    private long endedAfter(int millis, Machines machines, Execution parent)
            throws InterruptedException {
        world.sleepUntil(SimulatedWorld.FIRST_INSTANT.plusMillis(millis));
        return machines.children(machines.runs(parent).getFirst()).stream()
                .filter(child -> child.status() == Status.SUCCEEDED)
                .count();
    }
}
