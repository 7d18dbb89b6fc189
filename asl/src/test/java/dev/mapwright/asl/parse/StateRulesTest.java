package dev.mapwright.asl.parse;

import static dev.mapwright.asl.parse.Definitions.json;
import static dev.mapwright.asl.parse.Definitions.jsonPath;
import static dev.mapwright.asl.parse.Definitions.jsonata;
import static dev.mapwright.asl.parse.Definitions.problems;
import static dev.mapwright.asl.parse.Definitions.problemsIfExpress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// What AWS refuses about one state, with AWS's text and place.
class StateRulesTest {
    private static final String TASK =
            "'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', 'End': true, ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'End': true                           | These fields are required: [Type] at /States/S
            'Type': 'Nope', 'End': true           | The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/S/Type
            'Type': 'Pass'                        | This object should have only one of the following fields: [Next, End] at /States/S
            'Type': 'Pass', 'End': false          | This object should have only one of the following fields: [Next, End] at /States/S
            'Type': 'Pass', 'End': true, 'Next': 'S' | There should only be one of the following fields: [Next, End] at /States/S
            'Type': 'Pass', 'End': true, 'Catch': [] | Field 'Catch' is not supported at /States/S
            'Type': 'Map', 'End': true, 'TimeoutSeconds': 1, 'ItemProcessor': {'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}}} | Field 'TimeoutSeconds' is not supported at /States/S
            'Type': 'Pass', 'End': true, 'end': 1 | Field 'end' is not supported at /States/S
            'Type': 'Pass', 'End': true, 'OutputPath': 'a' | Value must be a valid JSONPath. at /States/S/OutputPath
            'Type': 'Pass', 'End': true, 'ResultPath': '$..a' | Value is not a Reference Path at /States/S/ResultPath
            'Type': 'Pass', 'End': true, 'Parameters': {'x.$': 'nope('} | The value for the field 'x.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters
            'Type': 'Pass', 'End': true, 'Assign': {'states': 1} | !RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/S/Assign/states
            'Type': 'Pass', 'End': true, 'Assign': {'x.y': 1} | !INVALID_VARIABLE_NAME: Invalid variable name 'x.y': the variable name contains invalid characters. at /States/S/Assign/x.y
            'Type': 'Task', 'End': true           | These fields are required: [Resource] at /States/S
            'Type': 'Task', 'End': true, 'Resource': 'lambda' | Value is not a valid resource ARN at /States/S/Resource
            'Type': 'Task', 'End': true, 'Resource': 'arn:aws:states:::dynamodb:query' | The resource provided arn:aws:states:::dynamodb:query is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/S/Resource
            'Type': 'Parallel', 'End': true, 'Branches': [] | Value cannot be empty at /States/S/Branches
            'Type': 'Parallel', 'End': true, 'Branches': [{'States': {'B': {'Type': 'Succeed'}}}] | These fields are required: [StartAt] at /States/S/Branches[0]
            'Type': 'Map', 'End': true            | This object should have only one of the following fields: [ItemProcessor, Iterator] at /States/S
            'Type': 'Wait', 'End': true           | This object should have only one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S
            'Type': 'Wait', 'End': true, 'Seconds': 1, 'SecondsPath': '$.a' | There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S
            'Type': 'Wait', 'End': true, 'Seconds': 10000000000000000 | Maximum value is 99999999 at /States/S/Seconds
            'Type': 'Wait', 'End': true, 'Seconds': '1' | Expected value of type Integer at /States/S/Seconds
            'Type': 'Wait', 'End': true, 'Timestamp': '2016-12-05 21:29:29Z' | String does not match RFC3339 timestamp at /States/S/Timestamp
            'Type': 'Fail', 'Error': 'a', 'ErrorPath': '$.a' | There should only be one of the following fields: [Error, ErrorPath] at /States/S
            'Type': 'Choice', 'Default': 'S'      | These fields are required: [Choices] at /States/S
            'Type': 'Choice', 'Choices': []       | Value cannot be empty at /States/S/Choices
            'Type': 'Choice', 'Choices': [{'Variable': '$.a', 'IsNull': true}] | These fields are required: [Next] at /States/S/Choices[0]
            'Type': 'Choice', 'Choices': [{'Variable': 'a', 'IsNull': true, 'Next': 'S'}] | Value is not a Reference Path: Reference path didn't start with '$' at /States/S/Choices[0]/Variable
            'Type': 'Choice', 'Choices': [{'Not': {'Variable': '$.a', 'IsNull': true, 'Next': 'S'}, 'Next': 'S'}] | Field 'Next' is not supported at /States/S/Choices[0]/Not
            'Type': 'Choice', 'Choices': [{'Variable': '$.a', 'StringEquals': 1, 'Next': 'S'}] | Expected value of type String at /States/S/Choices[0]/StringEquals
            """)
    void aBadStateIsRefused(String members, String problem) {
        String expected = problem.startsWith("!")
                ? problem.substring(1)
                : "SCHEMA_VALIDATION_FAILED: " + problem;

        assertEquals(List.of(expected), problems(jsonPath(members)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'TimeoutSeconds': 0                          | Minimum value is 1 at /States/S/TimeoutSeconds
            'TimeoutSeconds': 1, 'TimeoutSecondsPath': '$.a' | There should only be one of the following fields: [TimeoutSeconds, TimeoutSecondsPath] at /States/S
            'TimeoutSeconds': 5, 'HeartbeatSeconds': 5   | HeartbeatSeconds must be smaller than TimeoutSeconds at /States/S/HeartbeatSeconds
            'TimeoutSecondsPath': '$.a[*]'               | Value is not a Reference Path at /States/S/TimeoutSecondsPath
            'Credentials': {}                            | The field 'RoleArn' is required but was missing at /States/S/Credentials
            'Retry': [{}]                                | These fields are required: [ErrorEquals] at /States/S/Retry[0]
            'Retry': [{'ErrorEquals': []}]               | Value cannot be empty at /States/S/Retry[0]/ErrorEquals
            'Retry': [{'ErrorEquals': ['States.ALL', 'A']}] | States.ALL must appear alone and at end of list at /States/S/Retry[0]/ErrorEquals
            'Retry': [{'ErrorEquals': ['A'], 'BackoffRate': 0.5}] | Minimum value is 1.0 at /States/S/Retry[0]/BackoffRate
            'Retry': [{'ErrorEquals': ['A'], 'MaxAttempts': -1}] | Minimum value is 0 at /States/S/Retry[0]/MaxAttempts
            'Retry': [{'ErrorEquals': ['A'], 'MaxDelaySeconds': 31622401}] | Maximum value is 31622400 at /States/S/Retry[0]/MaxDelaySeconds
            'Retry': [{'ErrorEquals': ['A'], 'JitterStrategy': 'HALF'}] | Value should be one of the following: [NONE, FULL] at /States/S/Retry[0]/JitterStrategy
            'Catch': [{'ErrorEquals': ['A']}]            | These fields are required: [Next] at /States/S/Catch[0]
            """)
    void aBadTaskIsRefused(String members, String problem) {
        assertEquals(
                List.of("SCHEMA_VALIDATION_FAILED: " + problem),
                problems(jsonPath(TASK + members)));
    }

    @Test
    void anExpressMachineOnlyCallsAndGoesOn() {
        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.sync' service integration"
                                + " at /States/S/Resource"),
                problemsIfExpress(task("arn:aws:states:::states:startExecution.sync:2")));
        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.waitForTaskToken' service "
                                + "integration  at /States/S/Resource"),
                problemsIfExpress(task("arn:aws:states:::sqs:sendMessage.waitForTaskToken")));
        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: Express state machine does not support Activity ARN"
                                + " at /States/S/Resource"),
                problemsIfExpress(task("arn:aws:states:us-east-1:123456789012:activity:a")));
        assertEquals(List.of(), problemsIfExpress(task("arn:aws:states:::states:startExecution")));
    }

    @Test
    void aJsonataExpressionReadsOnlyWhatItsFieldOffers() {
        assertEquals(List.of(), problems(jsonata(TASK + "'Output': '{% $states.result %}'")));
        assertEquals(
                1,
                problems(jsonata("'Type': 'Pass', 'End': true, 'Output': '{% $states.result %}'"))
                        .size());
        assertEquals(
                1,
                problems(jsonata(TASK + "'Output': '{% $states.errorOutput %}'"))
                        .size());
        assertEquals(
                1,
                problems(jsonata(TASK + "'Arguments': {'a': '{% $states.result %}'}"))
                        .size());
        assertEquals(List.of(), problems(jsonata(TASK + """
                'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'S', 'Output': '{% $states.errorOutput %}'}]""")));
    }

    @Test
    void aJsonataExpressionThatDoesNotParseIsRefusedInItsField() {
        assertEquals(
                List.of(
                        "INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/S/Output"),
                problems(jsonata("'Type': 'Pass', 'End': true, 'Output': '{% 1 + %}'")));
        assertEquals(
                List.of(
                        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported."
                                + " at /States/S/Output/v[1]"),
                problems(jsonata(
                        "'Type': 'Pass', 'End': true, 'Output': {'v': [1, '{% phone %}']}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'IsNull': true", "'NumericEquals': 1", "'And': []", "'Not': {}"})
    void aJsonataRuleHasNoComparisons(String test) {
        String field = test.substring(1, test.indexOf("':"));

        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field '"
                                + field
                                + "' is only supported for the 'JSONPath' QueryLanguage at /States/S/Choices[0]"),
                problems(jsonata(
                                "'Type': 'Choice', 'Default': 'S', 'Choices': [{'Condition': true, 'Next': 'S', "
                                        + test + "}]"))
                        .stream()
                        .filter(problem -> !problem.startsWith("MISSING_END_STATE"))
                        .toList());
    }

    @Test
    void severalMistakesAreFoundAtOnce() {
        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: Field 'Bogus' is not supported at /",
                        "SCHEMA_VALIDATION_FAILED: Value should be one of the following: [1.0] at /Version",
                        "SCHEMA_VALIDATION_FAILED: Field 'Retry' is not supported at /States/A",
                        "SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/B/Branches"),
                problems(json("""
                        {'Bogus': 1, 'Version': '2.0', 'StartAt': 'A', 'States': {
                          'A': {'Type': 'Pass', 'Retry': [], 'Next': 'B'},
                          'B': {'Type': 'Parallel', 'Branches': [], 'End': true}}}""")));
    }

    private static String task(String resource) {
        return jsonPath("'Type': 'Task', 'End': true, 'Resource': '%s'".formatted(resource));
    }
}
