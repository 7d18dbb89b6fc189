package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Histories as AWS records them, id by id.
class InterpreterTest {
    private static final Integrations NONE = _ -> Optional.empty();

    @Test
    void statesFollowOneAnother() {
        Ran ran = run("""
                {"StartAt": "A", "States": {
                  "A": {"Type": "Pass", "Result": {"x": 1}, "Next": "B"},
                  "B": {"Type": "Choice", "Choices": [
                    {"Variable": "$.x", "NumericEquals": 1, "Next": "C"}], "Default": "D"},
                  "C": {"Type": "Succeed"}, "D": {"Type": "Fail"}}}""", NONE, "{}");
        assertEquals(Status.SUCCEEDED, ran.execution.status());
        assertEquals("{\"x\":1}", ran.execution.output().orElseThrow().text());
        assertEquals("""
                1 <- 0 ExecutionStarted
                2 <- 0 PassStateEntered A
                3 <- 2 PassStateExited A
                4 <- 3 ChoiceStateEntered B
                5 <- 4 ChoiceStateExited B
                6 <- 5 SucceedStateEntered C
                7 <- 6 SucceedStateExited C
                8 <- 7 ExecutionSucceeded
                """, ran.history);
    }

    @Test
    void inlineMapIterationsLinkToTheExitThatFreedTheirSlot() {
        Ran ran = run("""
                {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "MaxConcurrency": 1,
                  "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}""", NONE, "[1, 2]");
        assertEquals("[1,2]", ran.execution.output().orElseThrow().text());
        assertEquals("""
                1 <- 0 ExecutionStarted
                2 <- 0 MapStateEntered M
                3 <- 2 MapStateStarted
                4 <- 3 MapIterationStarted 0
                5 <- 4 PassStateEntered P
                6 <- 5 PassStateExited P
                7 <- 6 MapIterationSucceeded 0
                8 <- 6 MapIterationStarted 1
                9 <- 8 PassStateEntered P
                10 <- 9 PassStateExited P
                11 <- 10 MapIterationSucceeded 1
                12 <- 11 MapStateSucceeded
                13 <- 11 MapStateExited M
                14 <- 13 ExecutionSucceeded
                """, ran.history);
    }

    @Test
    void aFailedIterationIsRetriedAndThenCaught() {
        Ran ran = run("""
                {"StartAt": "M", "States": {"M": {"Type": "Map", "Next": "End", "MaxConcurrency": 1,
                  "ItemProcessor": {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "Boom"}}},
                  "Retry": [{"ErrorEquals": ["Boom"], "MaxAttempts": 1}],
                  "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "End"}]},
                  "End": {"Type": "Pass", "End": true}}}""", NONE, "[1]");
        assertEquals(
                "{\"Error\":\"Boom\"}", ran.execution.output().orElseThrow().text());
        assertEquals("""
                1 <- 0 ExecutionStarted
                2 <- 0 MapStateEntered M
                3 <- 2 MapStateStarted
                4 <- 3 MapIterationStarted 0
                5 <- 4 FailStateEntered F
                6 <- 5 MapIterationFailed 0
                7 <- 5 MapStateStarted
                8 <- 7 MapIterationStarted 0
                9 <- 8 FailStateEntered F
                10 <- 9 MapIterationFailed 0
                11 <- 9 MapStateFailed
                12 <- 11 MapStateExited M
                13 <- 12 PassStateEntered End
                14 <- 13 PassStateExited End
                15 <- 14 ExecutionSucceeded
                """, ran.history);
    }

    @Test
    void aTaskIsRetriedWithNothingBetweenFailedAndScheduled() {
        var calls = new AtomicInteger();
        Ran ran = run(
                """
                {"StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:states:::dynamodb:getItem", "Parameters": {"TableName": "t",
                    "Key": {"id": {"S": "1"}}},
                  "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 3600}]}}}""",
                _ -> Optional.of(_ -> {
                    if (calls.incrementAndGet() < 2) {
                        throw TaskFailed.of("Busy", "later");
                    }
                    return Json.ofText("{\"ok\":true}");
                }),
                "{}");
        assertEquals("{\"ok\":true}", ran.execution.output().orElseThrow().text());
        assertEquals("""
                1 <- 0 ExecutionStarted
                2 <- 0 TaskStateEntered T
                3 <- 2 TaskScheduled getItem
                4 <- 3 TaskStarted
                5 <- 4 TaskFailed
                6 <- 5 TaskScheduled getItem
                7 <- 6 TaskStarted
                8 <- 7 TaskSucceeded
                9 <- 8 TaskStateExited T
                10 <- 9 ExecutionSucceeded
                """, ran.history);
    }

    @Test
    void branchesRunSideBySideAndTheFirstFailureStopsTheOthers() {
        Ran ran = run("""
                {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
                  {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 7200, "End": true}}},
                  {"StartAt": "Short", "States": {"Short": {"Type": "Wait", "Seconds": 1, "Next": "F"},
                    "F": {"Type": "Fail", "Error": "Boom", "Cause": "why"}}}]}}}""", NONE, "{}");
        assertEquals(Status.FAILED, ran.execution.status());
        assertEquals("why", ran.execution.failure().orElseThrow().cause().orElseThrow());
        String tail = ran.history.substring(ran.history.indexOf("WaitStateExited"));
        assertEquals("""
                WaitStateExited Short
                7 <- 6 FailStateEntered F
                8 <- 7 WaitStateAborted
                9 <- 7 ParallelStateFailed
                10 <- 9 ExecutionFailed
                """, tail);
    }

    @Test
    void aDistributedMapRunsChildrenAndLinksItsExitToTheRun() {
        Ran ran = run("""
                {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true,
                  "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                    "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}""", NONE, "[\"a\", 2]");
        assertEquals("[\"a\",2]", ran.execution.output().orElseThrow().text());
        assertEquals("""
                1 <- 0 ExecutionStarted
                2 <- 0 MapStateEntered M
                3 <- 2 MapStateStarted
                4 <- 3 MapRunStarted
                5 <- 4 MapRunSucceeded
                6 <- 5 MapStateSucceeded
                7 <- 4 MapStateExited M
                8 <- 7 ExecutionSucceeded
                """, ran.history);
    }

    @Test
    void anExecutionTimesOutInTheMiddleOfAWait() {
        Ran ran = run("""
                {"StartAt": "W", "TimeoutSeconds": 5, "States": {
                  "W": {"Type": "Wait", "Seconds": 3600, "End": true}}}""", NONE, "{}");
        assertEquals(Status.TIMED_OUT, ran.execution.status());
        assertEquals(
                Duration.ofSeconds(5),
                Duration.between(
                        ran.execution.startedAt(), ran.execution.endedAt().orElseThrow()));
    }

    private record Ran(Execution execution, String history) {}

    private static Ran run(String definition, Integrations integrations, String input) {
        var world = new SimulatedWorld(1);
        var ran = new Ran[1];
        world.run(() -> {
            var machines = new Machines(world, new MemoryStore(world), integrations);
            var machine = machines.create("m", Execution.Type.STANDARD, definition);
            Execution ended = machines.await(machines.start(machine, "e", input));
            ran[0] = new Ran(ended, machines.history(ended));
        });
        return ran[0];
    }
}
