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

/// Executions whose state machine is deleted while they run.
class DeletedMachineTest {
    private static final String WAITS = """
            {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 60, "Next": "V"},
              "V": {"Type": "Wait", "Seconds": 60, "End": true}}}""";

    @Test
    void anExecutionEndsAtItsNextTransitionAndTheMachineWithIt() {
        simulate((machines, world) -> {
            Machine machine = machines.create("m", Execution.Type.STANDARD, WAITS);
            Execution running = machines.start(machine, "e", "{}");
            world.sleepUntil(world.now().plusSeconds(10));
            machines.engine().definitions().delete(machine.arn());
            assertEquals(
                    Optional.of(Machine.Status.DELETING),
                    machines.engine().definitions().find(machine.arn()).map(Machine::status));

            Execution ended = machines.await(running);

            assertEquals(Status.FAILED, ended.status());
            assertEquals(
                    "States.Runtime: State machine m has been deleted",
                    ended.failure().orElseThrow().error().orElseThrow() + ": "
                            + ended.failure().orElseThrow().cause().orElseThrow());
            assertEquals(
                    60,
                    Duration.between(ended.startedAt(), ended.endedAt().orElseThrow())
                            .toSeconds());
            assertEquals("""
                    1 <- 0 ExecutionStarted
                    2 <- 0 WaitStateEntered W
                    3 <- 2 WaitStateExited W
                    4 <- 3 ExecutionFailed
                    """, machines.history(ended));
            world.sleepUntil(world.now().plusSeconds(1));
            assertEquals(Optional.empty(), machines.engine().definitions().find(machine.arn()));
        });
    }

    @Test
    void childrenOfAMapRunEndSoToo() {
        simulate((machines, world) -> {
            Machine machine = machines.create(
                    "m", Execution.Type.STANDARD, """
                    {"StartAt": "L", "States": {"L": {"Type": "Pass", "Result": [1, 2], "Next": "M"},
                      "M": {"Type": "Map", "End": true, "MaxConcurrency": 1, "ItemProcessor": {
                        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                        %s}}}""".formatted(WAITS.substring(1)));
            Execution running = machines.start(machine, "e", "{}");
            world.sleepUntil(world.now().plusSeconds(10));
            machines.engine().definitions().delete(machine.arn());

            Execution ended = machines.await(running);

            assertEquals(Status.FAILED, ended.status());
            assertEquals(
                    "States.ExceedToleratedFailureThreshold",
                    ended.failure().orElseThrow().error().orElseThrow());
            assertEquals(
                    60,
                    Duration.between(ended.startedAt(), ended.endedAt().orElseThrow())
                            .toSeconds());
        });
    }

    private interface Scene {
        void play(Machines machines, SimulatedWorld world) throws InterruptedException;
    }

    private static void simulate(Scene scene) {
        var world = new SimulatedWorld(1);
        world.run(() -> scene.play(
                new Machines(world, new MemoryStore(world), _ -> Optional.empty()), world));
    }
}
