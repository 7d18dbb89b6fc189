package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Machine;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.task.PunctualIntegration;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.engine.world.World;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Calls of an integration that keeps an eye on the time itself, of a service that takes ten
/// seconds.
class PunctualCallTest {
    @Test
    void aCallThatReturnsInTimeSucceeds() {
        simulate(machine("\"TimeoutSeconds\": 11,", ""), (machines, execution) -> {
            Execution ended = machines.await(execution);
            assertEquals(Status.SUCCEEDED, ended.status());
            assertEquals(Optional.of(Json.of("done")), ended.output());
        });
    }

    @Test
    void theTimeOfTheTaskEndsItsCall() {
        simulate(machine("\"TimeoutSeconds\": 5,", ""), (machines, execution) -> {
            Execution ended = machines.await(execution);
            assertEquals(Status.FAILED, ended.status());
            assertEquals(Optional.of(Failure.of("States.Timeout")), ended.failure());
            assertEquals(5, seconds(ended));
            assertEquals("""
                    1 <- 0 ExecutionStarted
                    2 <- 0 TaskStateEntered A
                    3 <- 2 TaskScheduled putItem
                    4 <- 3 TaskStarted
                    5 <- 4 TaskTimedOut
                    6 <- 5 ExecutionFailed
                    """, machines.history(ended));
        });
    }

    @Test
    void theTimeOfTheExecutionEndsTheCallBeforeThatOfTheTask() {
        String definition = machine("\"TimeoutSeconds\": 8,", ", \"TimeoutSeconds\": 5");
        simulate(definition, (machines, execution) -> {
            Execution ended = machines.await(execution);
            assertEquals(Status.TIMED_OUT, ended.status());
            assertEquals(5, seconds(ended));
        });
    }

    @Test
    void aStopEndsItsCallAtOnce() {
        simulate(machine("\"TimeoutSeconds\": 8,", ""), (machines, execution) -> {
            machines.pass(Duration.ofSeconds(3));
            machines.stop(execution);
            Execution ended = machines.await(execution);
            assertEquals(Status.ABORTED, ended.status());
            assertEquals(3, seconds(ended));
        });
    }

    @Test
    void theCallIsMadeOnTheExecutionsOwnStrand() {
        SimulatedWorld world = simulate(
                machine("\"TimeoutSeconds\": 11,", ""),
                (machines, execution) -> machines.await(execution));
        assertTrue(world.trace().stream().anyMatch(line -> line.contains("execution:m:e")));
        assertFalse(world.trace().stream().anyMatch(line -> line.contains("task arn:")));
    }

    private static String machine(String ofTask, String ofMachine) {
        return """
                {"StartAt": "A", "States": {"A": {"Type": "Task", %s "End": true,
                  "Resource": "arn:aws:states:::dynamodb:putItem"}}%s}""".formatted(ofTask, ofMachine);
    }

    private static SimulatedWorld simulate(String definition, Simulation simulation) {
        var world = new SimulatedWorld(5);
        world.run(() -> {
            var machines =
                    new Machines(world, new MemoryStore(world), _ -> Optional.of(new Slow(world)));
            Machine machine = machines.create("m", Execution.Type.STANDARD, definition);
            simulation.run(machines, machines.start(machine, "e", "{}"));
        });
        return world;
    }

    private interface Simulation {
        void run(Machines machines, Execution execution) throws InterruptedException;
    }

    private static long seconds(Execution ended) {
        return Duration.between(ended.startedAt(), ended.endedAt().orElseThrow())
                .toSeconds();
    }

    private record Slow(World world) implements PunctualIntegration {
        @Override
        public Optional<Json> call(TaskRequest request, Instant until) throws InterruptedException {
            Instant returns = world.now().plusSeconds(10);
            if (returns.isAfter(until)) {
                world.sleepUntil(until);
                return Optional.empty();
            }
            world.sleepUntil(returns);
            return Optional.of(Json.of("done"));
        }
    }
}
