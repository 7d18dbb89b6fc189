package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.StoreFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Tasks of a service that keeps its data where the disk is full.
class FullDiskTest {
    private static final String PUT_ITEM = "\"Resource\": \"arn:aws:states:::dynamodb:putItem\"";
    private static final TaskIntegration ON_FULL_DISK = _ -> {
        throw new StoreFailed("A write failed: No space left on device.", new IOException());
    };
    private static final TaskIntegration WITH_ROOM = _ -> Json.of("done");

    @ParameterizedTest
    @ValueSource(
            strings = {
                PUT_ITEM,
                PUT_ITEM + ", \"TimeoutSeconds\": 30",
                "\"Resource\": \"arn:aws:states:::sqs:sendMessage.waitForTaskToken\""
            })
    void theirExecutionsAreLeftAsTheyAre(String task) {
        var world = new SimulatedWorld(1);
        assertEquals(Status.RUNNING, begun(world, new MemoryStore(world), task).status());
    }

    @Test
    void theirExecutionsGoOnInAProcessThatHasRoom() {
        var world = new SimulatedWorld(1);
        var store = new MemoryStore(world);
        Execution begun = begun(world, store, PUT_ITEM);

        var next = new SimulatedWorld(2, world.now());
        MemoryStore left = store.crash(next);
        next.run(() -> {
            var machines = new Machines(next, left, _ -> Optional.of(WITH_ROOM));
            machines.engine().resume();
            assertEquals(Status.SUCCEEDED, machines.await(begun).status());
        });
    }

    private static Execution begun(SimulatedWorld world, MemoryStore store, String task) {
        String definition = """
                {"StartAt": "A", "States": {"A": {"Type": "Task", %s, "End": true}}}""".formatted(task);
        world.run(() -> {
            var machines = new Machines(world, store, _ -> Optional.of(ON_FULL_DISK));
            machines.start(machines.create("m", Execution.Type.STANDARD, definition), "e", "{}");
            machines.pass(Duration.ofMinutes(1));
        });
        return store.execution("arn:aws:states:us-east-1:123456789012:execution:m:e")
                .orElseThrow();
    }
}
