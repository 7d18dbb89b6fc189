package dev.mapwright.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Map;

/// How TestState reads its request and shows what came of it.
class TestOperationsTest {
    private static final String PASS =
            "'definition': '{\\'Type\\': \\'Pass\\', \\'Next\\': \\'B\\'}'";
    private static final String CALL =
            "'definition': '{\\'Type\\': \\'Task\\', \\'Resource\\': \\'arn:aws:states:::sqs:sendMessage\\', \\'End\\': true}'";

    @Test
    void atTheLevelInfoOnlyTheOutcomeIsShown() throws Exception {
        try (var api = new Api()) {
            assertEquals(
                    Map.of("output", "{}", "nextState", "B", "status", "SUCCEEDED"),
                    api.call("TestState", "{%s}".formatted(PASS)));
        }
    }

    @Test
    void atTheLevelDebugPayloadsAreShownAsTheirText() throws Exception {
        try (var api = new Api()) {
            Map<String, Object> answer = api.call(
                    "TestState",
                    "{%s, 'input': '[1]', 'inspectionLevel': 'DEBUG'}".formatted(PASS));
            assertEquals(
                    Map.of(
                            "input", "[1]",
                            "afterInputPath", "[1]",
                            "afterParameters", "[1]",
                            "afterResultSelector", "[1]",
                            "afterResultPath", "[1]"),
                    answer.get("inspectionData"));
        }
    }

    @Test
    void aMockIsEitherAResultOrAnError() throws Exception {
        try (var api = new Api()) {
            assertEquals(
                    "ValidationException: A test mock should have only one of the following fields: [result, errorOutput].",
                    api.refusal(
                            "TestState",
                            "{%s, 'mock': {'result': '1', 'errorOutput': {'error': 'E'}}}"
                                    .formatted(CALL)));
        }
    }

    @Test
    void secretsOfAMockCannotBeRevealed() throws Exception {
        try (var api = new Api()) {
            assertEquals(
                    "ValidationException: TestState does not support RevealSecrets when a mock is specified.",
                    api.refusal(
                            "TestState",
                            "{%s, 'revealSecrets': true, 'mock': {'result': '1'}}"
                                    .formatted(CALL)));
        }
    }
}
