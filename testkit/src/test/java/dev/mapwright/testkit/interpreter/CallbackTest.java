package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.execution.Machine;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.task.TaskToken;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Tasks that hand out a token and wait until somebody answers it.
class CallbackTest {
    private static final Optional<String> TAKEN = Optional.empty();
    private static final Optional<String> TOO_LATE =
            Optional.of("TaskTimedOut: Task Timed Out: 'Provided task does not exist anymore'");

    private static final String ASK = """
            {"StartAt": "Ask", "States": {"Ask": {"Type": "Task", "End": true, "TimeoutSeconds": 100,
              "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              "Parameters": {"QueueUrl": "q", "MessageBody": {"token.$": "$$.Task.Token"}}%s}}}""";

    private static final String ASKED = """
            1 <- 0 ExecutionStarted
            2 <- 0 TaskStateEntered Ask
            3 <- 2 TaskScheduled sendMessage.waitForTaskToken
            4 <- 3 TaskStarted
            5 <- 4 TaskSubmitted
            """;

    private static final String ANSWERED = ASKED + """
            6 <- 5 TaskSucceeded
            7 <- 6 TaskStateExited Ask
            8 <- 7 ExecutionSucceeded
            """;

    @Test
    void aTokenIsPartOfTheContextAndItsAnswerIsTheTasksResult() {
        simulate(ASK.formatted(""), (machines, outside, execution) -> {
            String token = outside.token(0);
            assertEquals(
                    "{\"QueueUrl\":\"q\",\"MessageBody\":{\"token\":\"%s\"}}".formatted(token),
                    outside.arguments.getFirst());
            outside.pass(Duration.ofSeconds(50));
            assertEquals(TAKEN, Outside.succeed(machines, token, "{\"yes\":1}"));
            Execution ended = machines.await(execution);
            assertEquals("{\"yes\":1}", ended.output().orElseThrow().text());
            assertEquals(ANSWERED, machines.history(ended));
            assertEquals(TOO_LATE, Outside.succeed(machines, token, "{}"));
        });
    }

    @Test
    void aFailureSentForATokenIsRetriedUnderANewOne() {
        String retrying = ", \"Retry\": [{\"ErrorEquals\": [\"Busy\"], \"MaxAttempts\": 1}]";
        simulate(ASK.formatted(retrying), (machines, outside, execution) -> {
            String first = outside.token(0);
            assertEquals(TAKEN, Outside.fail(machines, first, Failure.of("Busy", "later")));
            String second = outside.token(1);
            assertNotEquals(first, second);
            assertEquals(TOO_LATE, Outside.beat(machines, first));
            assertEquals(TAKEN, Outside.succeed(machines, second, "2"));
            assertEquals("2", machines.await(execution).output().orElseThrow().text());
        });
    }

    /// A queue shows a message before it has thanked for it.
    @Test
    void anAnswerJustBeforeTheCallReturnsComesAfterItInTheHistory() {
        simulate(ASK.formatted(""), Duration.ofMillis(500), (machines, outside, execution) -> {
            String token = outside.token(0);
            assertEquals(TAKEN, Outside.succeed(machines, token, "{\"yes\":1}"));
            assertEquals(TOO_LATE, Outside.succeed(machines, token, "{\"no\":1}"));
            assertEquals(ANSWERED, machines.history(machines.await(execution)));
        });
    }

    @Test
    void whatHasAnsweredTheTokenIsNotHeldUpByTheCall() {
        simulate(ASK.formatted(""), Duration.ofMillis(500), (machines, outside, execution) -> {
            String token = outside.token(0);
            Instant answered = outside.now();
            assertEquals(TAKEN, Outside.succeed(machines, token, "1"));
            long millis = Duration.between(answered, outside.now()).toMillis();
            assertTrue(millis < 100, millis + " ms");
        });
    }

    @Test
    void anEarlyAnswerSurvivesACrash() {
        var first = new SimulatedWorld(7);
        var store = new MemoryStore(first);
        first.run(() -> {
            var outside = new Outside(first, Duration.ofMillis(500));
            var machines = new Machines(first, store, _ -> Optional.of(outside));
            machines.start(machine(machines, ASK.formatted("")), "e", "{}");
            assertEquals(TAKEN, Outside.succeed(machines, outside.token(0), "1"));
        });
        var second = new SimulatedWorld(8, first.now());
        second.run(() -> {
            var machines = new Machines(second, store.crash(second), _ -> Optional.empty());
            machines.engine().resume();
            Execution execution = machines.engine()
                    .executions()
                    .find(Machines.PLACE.arn("execution:m:e"))
                    .orElseThrow();
            assertEquals("1", machines.await(execution).output().orElseThrow().text());
        });
    }

    @Test
    void anAnswerLongBeforeTheCallReturnsStands() {
        simulate(ASK.formatted(""), Duration.ofSeconds(30), (machines, outside, execution) -> {
            assertEquals(TAKEN, Outside.succeed(machines, outside.token(0), "1"));
            Execution ended = machines.await(execution);
            assertEquals("""
                    1 <- 0 ExecutionStarted
                    2 <- 0 TaskStateEntered Ask
                    3 <- 2 TaskScheduled sendMessage.waitForTaskToken
                    4 <- 3 TaskStarted
                    5 <- 4 TaskSucceeded
                    6 <- 5 TaskStateExited Ask
                    7 <- 6 ExecutionSucceeded
                    """, machines.history(ended));
        });
    }

    @Test
    void aTokenIsAnsweredAfterARestart() {
        var first = new SimulatedWorld(3);
        var store = new MemoryStore(first);
        var token = new String[1];
        first.run(() -> {
            var outside = new Outside(first, Duration.ZERO);
            var machines = new Machines(first, store, _ -> Optional.of(outside));
            machines.start(machine(machines, ASK.formatted("")), "e", "{}");
            token[0] = outside.token(0);
            outside.pass(Duration.ofSeconds(20));
        });
        var second = new SimulatedWorld(4, first.now().plusSeconds(30));
        second.run(() -> {
            var outside = new Outside(second, Duration.ZERO);
            var machines = new Machines(second, store.crash(second), _ -> Optional.of(outside));
            machines.engine().resume();
            assertEquals(TAKEN, Outside.succeed(machines, token[0], "1"));
            Execution execution = machines.engine()
                    .executions()
                    .find(Machines.PLACE.arn("execution:m:e"))
                    .orElseThrow();
            assertEquals(ANSWERED, machines.history(machines.await(execution)));
            assertEquals(0, outside.arguments.size());
        });
    }

    @Test
    void theTimeoutCountsOnThroughARestart() {
        var first = new SimulatedWorld(5);
        var store = new MemoryStore(first);
        first.run(() -> {
            var outside = new Outside(first, Duration.ZERO);
            var machines = new Machines(first, store, _ -> Optional.of(outside));
            machines.start(machine(machines, ASK.formatted("")), "e", "{}");
            outside.token(0);
            outside.pass(Duration.ofSeconds(1));
        });
        var second = new SimulatedWorld(6, first.now().plusSeconds(500));
        second.run(() -> {
            var machines = new Machines(second, store.crash(second), _ -> Optional.empty());
            machines.engine().resume();
            Execution execution = machines.engine()
                    .executions()
                    .find(Machines.PLACE.arn("execution:m:e"))
                    .orElseThrow();
            assertEquals(ASKED + """
                    6 <- 5 TaskTimedOut
                    7 <- 6 ExecutionFailed
                    """, machines.history(machines.await(execution)));
        });
    }

    @Test
    void aMissedHeartbeatIsATimeoutThatCatchersKnowByItsOwnName() {
        String beating = """
                , "HeartbeatSeconds": 10, "Catch": [
                  {"ErrorEquals": ["States.HeartbeatTimeout"], "Next": "Missed"}]},
                "Missed": {"Type": "Pass", "End": true\
                """;
        simulate(ASK.formatted(beating), (machines, outside, execution) -> {
            String token = outside.token(0);
            for (int beat = 0; beat < 3; beat++) {
                outside.pass(Duration.ofSeconds(8));
                assertEquals(TAKEN, Outside.beat(machines, token));
            }
            Execution ended = machines.await(execution);
            assertEquals(
                    "{\"Error\":\"States.Timeout\",\"Cause\":\"\"}",
                    ended.output().orElseThrow().text());
            Duration took = Duration.between(ended.startedAt(), ended.endedAt().orElseThrow());
            assertEquals(34, took.toSeconds());
            assertEquals(TOO_LATE, Outside.beat(machines, token));
        });
    }

    @Test
    void anAbortedSiblingsTokenIsTooLate() {
        String sibling = """
                {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [%s,
                  {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 5, "Next": "F"},
                    "F": {"Type": "Fail", "Error": "Boom"}}}]}}}""".formatted(ASK.formatted(""));
        simulate(sibling, (machines, outside, execution) -> {
            String token = outside.token(0);
            Execution ended = machines.await(execution);
            assertEquals(Status.FAILED, ended.status());
            String history = machines.history(ended);
            assertEquals("""
                    TaskStateAborted
                    12 <- 10 ParallelStateFailed
                    13 <- 12 ExecutionFailed
                    """, history.substring(history.indexOf("TaskStateAborted")));
            assertEquals(TOO_LATE, Outside.succeed(machines, token, "{}"));
        });
    }

    @Test
    void madeUpTokensAreInvalidAndOthersTasksDoNotExist() {
        simulate(ASK.formatted(""), (machines, outside, _) -> {
            String token = outside.token(0);
            var invalid = Optional.of("InvalidToken: Invalid Token: 'Invalid token'");
            assertEquals(invalid, Outside.succeed(machines, "made up", "{}"));
            assertEquals(invalid, Outside.beat(machines, "A" + token.substring(1) + "A"));
            String other =
                    new TaskToken(Machines.PLACE.arn("execution:m:other"), new UUID(1, 2)).text();
            assertEquals(
                    Optional.of("TaskDoesNotExist: Task Does Not Exist: "
                            + "'Provided task does not exist anymore'"),
                    Outside.succeed(machines, other, "{}"));
        });
    }

    @Test
    void aStoppedExecutionsTokenIsTooLate() {
        simulate(ASK.formatted(""), (machines, outside, execution) -> {
            String token = outside.token(0);
            machines.stop(execution);
            assertEquals(TOO_LATE, Outside.succeed(machines, token, "{}"));
        });
    }

    private interface Scene {
        void play(Machines machines, Outside outside, Execution execution)
                throws InterruptedException;
    }

    private static void simulate(String definition, Scene scene) {
        simulate(definition, Duration.ZERO, scene);
    }

    private static void simulate(String definition, Duration callTakes, Scene scene) {
        var world = new SimulatedWorld(1);
        world.run(() -> {
            var outside = new Outside(world, callTakes);
            var machines = new Machines(world, new MemoryStore(world), _ -> Optional.of(outside));
            Execution execution = machines.start(machine(machines, definition), "e", "{}");
            scene.play(machines, outside, execution);
        });
    }

    private static Machine machine(Machines machines, String definition)
            throws InterruptedException {
        return machines.create("m", Execution.Type.STANDARD, definition);
    }
}
