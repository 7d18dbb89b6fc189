package dev.mapwright.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.Frame;
import dev.mapwright.engine.journal.HistoryEvent;
import dev.mapwright.engine.journal.HistoryEvent.Flavor;
import dev.mapwright.engine.journal.HistoryEvent.Kind;
import dev.mapwright.engine.journal.HistoryEvent.Stage;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.server.api.HistoryRendering.Payloads;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

class HistoryRenderingTest {
    private static final Json DATA = Json.ofText("{\"a\": 1}");

    @Test
    void showsTheStartWithTheInputAsItCame() {
        assertRendered(
                new HistoryEvent.ExecutionStarted(
                        DATA, "arn:role", Optional.empty(), Optional.empty()),
                """
                {"timestamp":1700000000.123,"type":"ExecutionStarted","id":4,"previousEventId":3,\
                "executionStartedEventDetails":{"input":"{\\"a\\": 1}","inputDetails":{"truncated":false},\
                "roleArn":"arn:role"}}""");
    }

    @Test
    void sharesTheDetailsOfAllStates() {
        assertRendered(new HistoryEvent.StateEntered(Kind.MAP, "Each", DATA), """
                {"timestamp":1700000000.123,"type":"MapStateEntered","id":4,"previousEventId":3,\
                "stateEnteredEventDetails":{"name":"Each","input":"{\\"a\\": 1}",\
                "inputDetails":{"truncated":false}}}""");
    }

    @Test
    void showsAssignedVariablesAsTexts() {
        assertRendered(
                new HistoryEvent.StateExited(
                        Kind.PASS,
                        "First",
                        DATA,
                        Map.of("bias", Json.ofText("4.3")),
                        Optional.of("Second")),
                """
                {"timestamp":1700000000.123,"type":"PassStateExited","id":4,"previousEventId":3,\
                "stateExitedEventDetails":{"name":"First","output":"{\\"a\\": 1}",\
                "outputDetails":{"truncated":false},"assignedVariables":{"bias":"4.3"},\
                "assignedVariablesDetails":{"truncated":false}}}""");
    }

    @Test
    void saysWhereATaskIsScheduled() {
        assertRendered(
                new HistoryEvent.TaskScheduled(
                        Flavor.TASK,
                        "dynamodb",
                        "putItem",
                        DATA,
                        Optional.of(60L),
                        Optional.empty(),
                        Optional.empty()),
                """
                {"timestamp":1700000000.123,"type":"TaskScheduled","id":4,"previousEventId":3,\
                "taskScheduledEventDetails":{"resourceType":"dynamodb","resource":"putItem",\
                "region":"us-east-1","parameters":"{\\"a\\": 1}","timeoutInSeconds":60}}""");
    }

    @Test
    void namesTheStageAtWhichATaskDidNotStart() {
        assertRendered(
                new HistoryEvent.TaskNotStarted(
                        Flavor.LAMBDA,
                        Stage.SCHEDULE,
                        "lambda",
                        "arn:f",
                        Failure.of("Lambda.Unknown")),
                """
                {"timestamp":1700000000.123,"type":"LambdaFunctionScheduleFailed","id":4,\
                "previousEventId":3,"lambdaFunctionScheduleFailedEventDetails":{"error":"Lambda.Unknown"}}""");
    }

    @Test
    void hasNoDetailsWhereAwsHasNone() {
        assertRendered(
                new HistoryEvent.BranchesEnded(Kind.PARALLEL, new Ending.Succeeded(Json.NULL)),
                """
                {"timestamp":1700000000.123,"type":"ParallelStateSucceeded","id":4,"previousEventId":3}""");
    }

    @Test
    void leavesPayloadsOutWhenAsked() {
        var rendering = new HistoryRendering(Payloads.LEFT_OUT, "us-east-1");
        assertEquals(
                "{\"timestamp\":1700000000.123,\"type\":\"TaskSucceeded\",\"id\":4,\"previousEventId\":3,"
                        + "\"taskSucceededEventDetails\":{\"resourceType\":\"dynamodb\",\"resource\":\"putItem\"}}",
                rendering
                        .render(recorded(new HistoryEvent.TaskEnded(
                                Flavor.TASK, "dynamodb", "putItem", new Ending.Succeeded(DATA))))
                        .json()
                        .text());
    }

    private static void assertRendered(HistoryEvent event, String expected) {
        var rendering = new HistoryRendering(Payloads.SHOWN, "us-east-1");
        assertEquals(expected, rendering.render(recorded(event)).json().text());
    }

    private static Recorded recorded(HistoryEvent event) {
        return new Recorded(5, 4, 3, Instant.ofEpochMilli(1_700_000_000_123L), Frame.ROOT, event);
    }
}
