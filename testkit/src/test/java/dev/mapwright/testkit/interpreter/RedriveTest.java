package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Executions that go on from where they failed.
class RedriveTest {
    private static final String TASK =
            "\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::sqs:sendMessage\", \"Parameters\": %s";

    @Test
    void theFailedStateGoesOnWithoutASecondEntry() {
        var calls = new Calls(2);
        simulate(calls, (machines, world) -> {
            Execution failed = run(machines, """
                    {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "T"},
                      "T": {%s, "End": true, "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 1}]}}}""".formatted(
                            TASK.formatted("{\"n.$\": \"$$.Execution.RedriveCount\"}")));
            assertEquals(Status.FAILED, failed.status());
            world.sleepUntil(world.now().plusSeconds(60));
            assertEquals("", redrive(machines, failed, Optional.empty()));
            Execution ended = machines.await(failed);
            assertEquals(Status.SUCCEEDED, ended.status());
            assertEquals(1, ended.redriveCount());
            assertEquals(failed.startedAt(), ended.startedAt());
            assertEquals(List.of("{\"n\":0}", "{\"n\":0}", "{\"n\":1}"), calls.made);
            String history = machines.history(ended);
            assertEquals("""
                    11 <- 10 ExecutionFailed
                    12 <- 11 ExecutionRedriven
                    13 <- 4 TaskScheduled sendMessage
                    14 <- 13 TaskStarted
                    15 <- 14 TaskSucceeded
                    16 <- 15 TaskStateExited T
                    17 <- 16 ExecutionSucceeded
                    """, history.substring(history.indexOf("11 <- ")));
        });
    }

    @Test
    void onlyTheBranchesThatDidNotSucceedRunAgain() {
        var calls = new Calls(0, "bad");
        simulate(calls, (machines, world) -> {
            Execution failed = run(
                    machines, """
                    {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
                      {"StartAt": "Good", "States": {"Good": {%s, "End": true}}},
                      {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 5, "Next": "Bad"},
                        "Bad": {%s, "End": true}}},
                      {"StartAt": "Long", "States": {"Long": {"Type": "Wait", "Seconds": 50, "End": true}}}
                    ]}}}""".formatted(TASK.formatted("\"good\""), TASK.formatted("\"bad\"")));
            assertEquals(Status.FAILED, failed.status());
            calls.failing = Optional.empty();
            Instant redriven = world.now();
            assertEquals("", redrive(machines, failed, Optional.empty()));
            Execution ended = machines.await(failed);
            assertEquals(Status.SUCCEEDED, ended.status());
            assertEquals(List.of("\"good\"", "\"bad\"", "\"bad\""), calls.made);
            assertEquals(
                    50,
                    Duration.between(redriven, ended.endedAt().orElseThrow()).toSeconds());
        });
    }

    @Test
    void onlyTheIterationsThatDidNotSucceedRunAgain() {
        var calls = new Calls(0, "2");
        simulate(calls, (machines, world) -> {
            Execution failed = run(machines, """
                    {"StartAt": "L", "States": {"L": {"Type": "Pass", "Result": [1, 2, 3], "Next": "M"},
                      "M": {"Type": "Map", "MaxConcurrency": 1, "End": true, "ItemProcessor": {
                        "StartAt": "T", "States": {"T": {%s, "End": true}}}}}}""".formatted(TASK.formatted("{\"v.$\": \"$\"}")));
            assertEquals(Status.FAILED, failed.status());
            calls.failing = Optional.empty();
            assertEquals("", redrive(machines, failed, Optional.empty()));
            assertEquals(Status.SUCCEEDED, machines.await(failed).status());
            assertEquals(List.of("{\"v\":1}", "{\"v\":2}", "{\"v\":2}", "{\"v\":3}"), calls.made);
        });
    }

    @Test
    void aRepeatedClientTokenRedrivesOnce() {
        simulate(new Calls(9), (machines, world) -> {
            Execution failed = run(machines, single());
            assertEquals("", redrive(machines, failed, Optional.of("once")));
            Execution again = machines.await(failed);
            assertEquals("", redrive(machines, again, Optional.of("once")));
            assertEquals(1, machines.await(failed).redriveCount());
            assertEquals("", redrive(machines, again, Optional.of("twice")));
            assertEquals(2, machines.await(failed).redriveCount());
        });
    }

    @Test
    void aSuccessfulExecutionIsNotRedrivable() {
        simulate(new Calls(0), (machines, _) -> {
            Execution ended = run(machines, single());
            assertEquals(
                    "ExecutionNotRedrivable: Execution Not Redrivable: "
                            + "'Execution is SUCCEEDED and cannot be redriven'",
                    redrive(machines, ended, Optional.empty()));
        });
    }

    @Test
    void anExecutionIsRedrivableForTwoWeeks() {
        simulate(new Calls(1), (machines, world) -> {
            Execution failed = run(machines, single());
            world.sleepUntil(world.now().plus(Duration.ofDays(15)));
            assertEquals(
                    Optional.of("Execution redrivable period exceeded."),
                    machines.engine().redrives().obstacle(failed));
        });
    }

    private static String single() {
        return "{\"StartAt\": \"T\", \"States\": {\"T\": {%s, \"End\": true}}}"
                .formatted(TASK.formatted("{}"));
    }

    /// Notes its calls, and fails the first so many, or those about something.
    private static final class Calls implements TaskIntegration {
        private final List<String> made = new ArrayList<>();
        private final int failures;
        private Optional<String> failing;

        Calls(int failures) {
            this.failures = failures;
            this.failing = Optional.empty();
        }

        Calls(int failures, String failing) {
            this.failures = failures;
            this.failing = Optional.of(failing);
        }

        @Override
        public Json call(TaskRequest request) throws TaskFailed {
            String arguments = request.arguments().text();
            made.add(arguments);
            if (made.size() <= failures || failing.filter(arguments::contains).isPresent()) {
                throw TaskFailed.of("Busy", "later");
            }
            return Json.EMPTY_OBJECT;
        }
    }

    private interface Scene {
        void play(Machines machines, SimulatedWorld world) throws InterruptedException;
    }

    private static void simulate(Calls calls, Scene scene) {
        var world = new SimulatedWorld(1);
        world.run(() -> scene.play(
                new Machines(world, new MemoryStore(world), _ -> Optional.of(calls)), world));
    }

    private static Execution run(Machines machines, String definition) throws InterruptedException {
        var machine = machines.create("m", Execution.Type.STANDARD, definition);
        return machines.await(machines.start(machine, "e", "{}"));
    }

    /// What it is refused with; empty when it is redriven.
    private static String redrive(
            Machines machines, Execution execution, Optional<String> clientToken)
            throws InterruptedException {
        try {
            machines.engine().redrives().redrive(execution.arn(), clientToken);
            return "";
        } catch (Refused refused) {
            return refused.code() + ": " + refused.getMessage();
        }
    }
}
