package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.execution.Activities.NewActivity;
import dev.mapwright.engine.execution.Activities.Work;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Activities: tasks that wait for a worker to ask for them.
class ActivityTest {
    private static final String ARN = Machines.PLACE.arn("activity:a");

    private static final String DO = """
            {"StartAt": "Do", "States": {"Do": {"Type": "Task", "Resource": "%s", "TimeoutSeconds": 60,
              "HeartbeatSeconds": 20, "End": true}}}""".formatted(ARN);

    private static final String TAKEN = """
            1 <- 0 ExecutionStarted
            2 <- 0 TaskStateEntered Do
            3 <- 2 ActivityScheduled %s
            4 <- 3 ActivityStarted
            """.formatted(ARN);

    @Test
    void aWorkerTakesTheTaskAndAnswersIt() {
        simulate((world, machines) -> {
            Execution execution = start(machines);
            Work work = Outside.work(machines, ARN).orElseThrow();
            assertEquals("{\"n\":1}", work.input().text());
            assertEquals(Optional.empty(), Outside.succeed(machines, work.token(), "[2]"));
            Execution ended = machines.await(execution);
            assertEquals("[2]", ended.output().orElseThrow().text());
            assertEquals(TAKEN + """
                    5 <- 4 ActivitySucceeded
                    6 <- 5 TaskStateExited Do
                    7 <- 6 ExecutionSucceeded
                    """, machines.history(ended));
        });
    }

    @Test
    void aWorkerWaitsAMinuteForATask() {
        simulate((world, machines) -> {
            Instant asked = world.now();
            assertEquals(Optional.empty(), Outside.work(machines, ARN));
            assertEquals(Duration.ofSeconds(60), Duration.between(asked, world.now()));
        });
    }

    @Test
    void theWorkerThatCameFirstIsServedFirst() {
        simulate((world, machines) -> {
            var served = new StringBuilder();
            for (String name : new String[] {"first", "second"}) {
                world.start(name, () -> {
                    Outside.work(machines, ARN).ifPresent(_ -> served.append(name));
                });
                world.sleepUntil(world.now().plusSeconds(1));
            }
            start(machines);
            world.sleepUntil(world.now().plusSeconds(1));
            assertEquals("first", served.toString());
        });
    }

    @Test
    void theClocksStartWhenAWorkerTakesTheTask() {
        simulate((world, machines) -> {
            Execution execution = start(machines);
            world.sleepUntil(world.now().plusSeconds(500));
            Instant taken = world.now();
            assertTrue(Outside.work(machines, ARN).isPresent());
            Execution ended = machines.await(execution);
            assertEquals(
                    20, Duration.between(taken, ended.endedAt().orElseThrow()).toSeconds());
            assertEquals(TAKEN + """
                    5 <- 4 ActivityTimedOut
                    6 <- 5 ExecutionFailed
                    """, machines.history(ended));
            assertEquals(Optional.of(Failure.of("States.Timeout")), ended.failure());
        });
    }

    @Test
    void aTaskThatNobodyHasTakenIsOfferedAgainAfterARestart() {
        var first = new SimulatedWorld(3);
        var store = new MemoryStore(first);
        first.run(() -> {
            var machines = new Machines(first, store, _ -> Optional.empty());
            create(machines);
            start(machines);
            first.sleepUntil(first.now().plusSeconds(5));
        });
        var second = new SimulatedWorld(4, first.now());
        second.run(() -> {
            var machines = new Machines(second, store.crash(second), _ -> Optional.empty());
            machines.engine().resume();
            Work work = Outside.work(machines, ARN).orElseThrow();
            assertEquals(Optional.empty(), Outside.succeed(machines, work.token(), "1"));
        });
    }

    @Test
    void aTaskThatWasTakenIsNotOfferedAgainAfterARestart() {
        var first = new SimulatedWorld(3);
        var store = new MemoryStore(first);
        var token = new String[1];
        first.run(() -> {
            var machines = new Machines(first, store, _ -> Optional.empty());
            create(machines);
            start(machines);
            token[0] = Outside.work(machines, ARN).orElseThrow().token();
        });
        var second = new SimulatedWorld(4, first.now());
        second.run(() -> {
            var machines = new Machines(second, store.crash(second), _ -> Optional.empty());
            machines.engine().resume();
            assertEquals(Optional.empty(), Outside.beat(machines, token[0]));
            assertEquals(Optional.empty(), Outside.succeed(machines, token[0], "1"));
            assertEquals(Optional.empty(), Outside.work(machines, ARN));
        });
    }

    @Test
    void aMissingActivityFailsTheState() {
        simulate((_, machines) -> {
            machines.engine().activities().delete(ARN);
            Execution ended = machines.await(start(machines));
            assertEquals(
                    Optional.of(Failure.of(
                            "States.Runtime",
                            "An error occurred while executing the state 'Do' (entered at the event id #2)."
                                    + " The activity %s does not exist.".formatted(ARN))),
                    ended.failure());
        });
    }

    @Test
    void anActivityIsCreatedOnceAndDeletedForGood() {
        simulate((_, machines) -> {
            var activities = machines.engine().activities();
            Instant created = activities.find(ARN).orElseThrow().createdAt();
            assertEquals(created, create(machines));
            assertEquals(1, activities.list(10, Optional.empty()).items().size());
            activities.delete(ARN);
            activities.delete(ARN);
            assertTrue(activities.find(ARN).isEmpty());
        });
    }

    private interface Scene {
        void play(SimulatedWorld world, Machines machines) throws InterruptedException;
    }

    private static void simulate(Scene scene) {
        var world = new SimulatedWorld(1);
        world.run(() -> {
            var machines = new Machines(world, new MemoryStore(world), _ -> Optional.empty());
            create(machines);
            scene.play(world, machines);
        });
    }

    private static Instant create(Machines machines) throws InterruptedException {
        try {
            return machines.engine().activities().create(new NewActivity("a")).createdAt();
        } catch (Refused refused) {
            throw new AssertionError(refused.code() + ": " + refused.getMessage());
        }
    }

    private static Execution start(Machines machines) throws InterruptedException {
        return machines.start(machines.create("m", Execution.Type.STANDARD, DO), "e", "{\"n\":1}");
    }
}
