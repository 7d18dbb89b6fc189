package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.engine.world.World;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;
import dev.mapwright.testkit.world.SimulatedWorld.End;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A call that is made again because of a crash carries the key that it had before, so that the
/// service recognizes it; every other call carries another.
class RepeatedCallsTest {
    /// Each branch calls twice: `A1` and `A2`, `B1` and `B2`.
    private static final String BRANCHES =
            """
            {"Type": "Parallel", "End": true, "Branches": [
              {"StartAt": "A1", "States": {
                "A1": {"Type": "Task", "Resource": "%1$s", "Parameters": {"call": "A1"}, "Next": "A2"},
                "A2": {"Type": "Task", "Resource": "%1$s", "Parameters": {"call": "A2"}, "End": true}}},
              {"StartAt": "B1", "States": {
                "B1": {"Type": "Task", "Resource": "%1$s", "Parameters": {"call": "B1"}, "Next": "B2"},
                "B2": {"Type": "Task", "Resource": "%1$s", "Parameters": {"call": "B2"}, "End": true}}}]}""".formatted("arn:aws:lambda:us-east-1:123456789012:function:f");

    private static final String STANDARD = """
            {"StartAt": "P", "States": {"P": %s}}""".formatted(BRANCHES);

    private static final String EXPRESS_CHILD = """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
              "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
              "StartAt": "P", "States": {"P": %s}}}}}""".formatted(BRANCHES);

    private static final String RETRIED = """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
              "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
              "StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
                "Parameters": {"call": "T"},
                "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 2}]}}}}}}""";

    @Test
    void anExecutionThatGoesOnMakesTheCallsThatWereCutShortWithTheirKeys() {
        Service before = crashed(STANDARD, "[]");
        Service after = before.goingOn();

        assertEquals(List.of("A1", "A2", "B1"), before.calls.stream().sorted().toList());
        assertEquals(List.of("A2", "B1", "B2"), after.calls.stream().sorted().toList());
        assertEquals(before.key("A2"), after.key("A2"));
        assertEquals(before.key("B1"), after.key("B1"));
    }

    /// The second run is the other way round: `B` overtakes `A`.
    @Test
    void anExpressChildThatBeginsAgainMakesEachCallWithTheKeyOfBefore() {
        Service before = crashed(EXPRESS_CHILD, "[1]");
        Service after = before.goingOn();

        assertEquals(List.of("A1", "A2", "B1"), before.calls.stream().sorted().toList());
        assertEquals(List.of("B2", "A2"), after.calls.subList(2, 4));
        for (String call : before.calls) {
            assertEquals(before.key(call), after.key(call), call);
        }
        assertEquals(4, List.copyOf(after.keys).stream().distinct().count());
    }

    @Test
    void aRetryIsAnotherCall() {
        var world = new SimulatedWorld(1);
        var service = new Service(world, Map.of());
        service.failures = 2;
        assertEquals(End.COMPLETED, world.run(() -> {
            var machines = new Machines(world, new MemoryStore(world), _ -> Optional.of(service));
            run(machines, RETRIED, "[1]");
        }));
        assertEquals(3, service.keys.stream().distinct().count());
    }

    @Test
    void eachChildMakesCallsOfItsOwn() {
        var world = new SimulatedWorld(1);
        var service = new Service(world, Map.of());
        assertEquals(End.COMPLETED, world.run(() -> {
            var machines = new Machines(world, new MemoryStore(world), _ -> Optional.of(service));
            run(machines, RETRIED, "[1,2]");
        }));
        assertNotEquals(service.keys.get(0), service.keys.get(1));
    }

    /// Killed when `A2` and `B1` are under way.
    private static Service crashed(String definition, String input) {
        var world = new SimulatedWorld(1);
        var store = new MemoryStore(world);
        var service = new Service(world, Map.of("A1", 100, "A2", 10_000, "B1", 10_000));
        service.store = store;
        world.run(() -> {
            world.start("crash", () -> {
                world.sleepUntil(world.now().plusMillis(1_000));
                world.crash();
            });
            var machines = new Machines(world, store, _ -> Optional.of(service));
            run(machines, definition, input);
        });
        return service;
    }

    private static void run(Machines machines, String definition, String input)
            throws InterruptedException {
        Execution ended = machines.await(machines.start(
                machines.create("m", Execution.Type.STANDARD, definition), "e", input));
        assertEquals(Execution.Status.SUCCEEDED, ended.status());
    }

    /// Writes down what it is called with, and takes its time.
    private static final class Service implements TaskIntegration {
        private final World world;
        private final Map<String, Integer> millis;
        private final List<String> calls = new ArrayList<>();
        private final List<String> keys = new ArrayList<>();
        private MemoryStore store;
        private int failures;

        Service(World world, Map<String, Integer> millis) {
            this.world = world;
            this.millis = millis;
        }

        @Override
        public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
            var call = (String) ((Map<?, ?>) request.arguments().value()).get("call");
            calls.add(call);
            keys.add(request.idempotencyKey());
            world.sleepUntil(world.now().plus(Duration.ofMillis(millis.getOrDefault(call, 1))));
            if (failures > 0) {
                failures--;
                throw TaskFailed.of("Busy", "");
            }
            return Json.EMPTY_OBJECT;
        }

        String key(String call) {
            return keys.get(calls.indexOf(call));
        }

        /// The calls of the next process, in which `B` is the faster one.
        Service goingOn() {
            var next = new SimulatedWorld(2, ((SimulatedWorld) world).now());
            var later = new Service(next, Map.of("A1", 10_000, "B1", 100));
            MemoryStore left = store.crash(next);
            assertEquals(End.COMPLETED, next.run(() -> {
                var machines = new Machines(next, left, _ -> Optional.of(later));
                machines.engine().resume();
                next.sleepUntil(next.now().plus(Duration.ofMinutes(2)));
            }));
            return later;
        }
    }
}
