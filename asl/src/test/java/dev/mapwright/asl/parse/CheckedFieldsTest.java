package dev.mapwright.asl.parse;

import static dev.mapwright.asl.parse.Definitions.jsonPath;
import static dev.mapwright.asl.parse.Definitions.jsonata;
import static dev.mapwright.asl.parse.Definitions.scope;
import static dev.mapwright.asl.parse.Definitions.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.asl.definition.MapMode;
import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.Until;
import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;

/// Fields whose values are checked when a state runs; the texts were recorded on AWS.
class CheckedFieldsTest {
    private static final String PROCESSOR = """
            'Type': 'Map', 'End': true, 'ItemProcessor': {
              'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
              'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}}}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'x': -1}    | The SecondsPath parameter references a negative value: $.x == -1
            {'x': 1.5}   | The SecondsPath parameter cannot be parsed as a long value: $.x == 1.5
            {'x': 'one'} | The SecondsPath parameter cannot be parsed as a long value: $.x == one
            {}           | The SecondsPath parameter does not reference an input value: $.x
            """)
    void aBadSecondsPathFails(String input, String detail) {
        assertFails("States.Runtime", detail, seconds("'SecondsPath': '$.x'"), input);
    }

    @Test
    void secondsMayBeATextWithTheNumber() throws Exception {
        assertEquals(
                "1",
                seconds("'SecondsPath': '$.x'").evaluate(scope("{'x': '1'}")).text());
        assertEquals("0", seconds("'Seconds': 0").evaluate(scope("{}")).text());
    }

    @Test
    void aBadTimestampFails() {
        var path = (Until.Timestamp) ((State.Wait) state(jsonPath("""
                'Type': 'Wait', 'End': true, 'TimestampPath': '$.t'"""))).until();
        var expression = (Until.Timestamp) ((State.Wait) state(jsonata("""
                'Type': 'Wait', 'End': true, 'Timestamp': '{% $states.input.t %}'"""))).until();

        assertFails(
                "States.Runtime",
                "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format "
                        + "string: $.t == 2016-12-05T21:29:29",
                path.timestamp(),
                "{'t': '2016-12-05T21:29:29'}");
        var failed = assertFails(
                "States.QueryEvaluationError",
                "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: "
                        + "2016-13-05T21:29:29Z",
                expression.timestamp(),
                "{'t': '2016-13-05T21:29:29Z'}");
        assertEquals(Optional.of("Timestamp"), failed.location());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'MaxConcurrencyPath'             | {}         | The MaxConcurrencyPath field refers to value "{}" which is not a valid integer: $.x
            'ToleratedFailureCountPath'      | 'NoNumber' | The ToleratedFailureCountPath field refers to value "NoNumber" which is not a valid integer: $.x
            'ToleratedFailureCountPath'      | -1         | ToleratedFailureCount cannot be negative.
            'ToleratedFailurePercentagePath' | {}         | The ToleratedFailurePercentagePath field refers to value "{}" which is not a valid float: $.x
            'ToleratedFailurePercentagePath' | 101        | ToleratedFailurePercentage must be between 0 and 100.
            'ToleratedFailurePercentagePath' | -0.5       | ToleratedFailurePercentage must be between 0 and 100.
            """)
    void aBadNumberOfAMapFails(String field, String value, String detail) {
        var map = (State.MapState) state(jsonPath(PROCESSOR + ", " + field + ": '$.x'"));
        var mode = (MapMode.Distributed) map.mode();
        Expression number = map.maxConcurrency()
                .or(() -> mode.tolerance().count())
                .or(() -> mode.tolerance().percentage())
                .orElseThrow();

        assertFails("States.Runtime", detail, number, "{'x': %s}".formatted(value));
    }

    @Test
    void aNegativeMaxItemsIsLeftToTheReader() throws Exception {
        var map = (State.MapState) state(jsonPath(PROCESSOR + """
                , 'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject',
                  'ReaderConfig': {'InputType': 'JSON', 'MaxItemsPath': '$.x'},
                  'Parameters': {'Bucket': 'b', 'Key': 'k'}}"""));
        Expression maxItems = ((MapMode.Distributed) map.mode())
                .reader()
                .orElseThrow()
                .maxItems()
                .orElseThrow();

        assertEquals("-1", maxItems.evaluate(scope("{'x': -1}")).text());
        assertEquals("100000001", maxItems.evaluate(scope("{'x': 100000001}")).text());
        assertFails(
                "States.Runtime",
                "The MaxItemsPath field refers to value \"1.5\" which is not a valid integer: $.x",
                maxItems,
                "{'x': 1.5}");
    }

    @Test
    void aMissingPathHasTheTextOfThePath() {
        var task = (State.Task) state(jsonPath("""
                'Type': 'Task', 'End': true, 'Resource': 'arn:aws:states:::lambda:invoke',
                'HeartbeatSecondsPath': '$.NoSuch'"""));

        assertFails(
                "States.Runtime",
                "Invalid path '$.NoSuch' : No results for path: $['NoSuch']",
                task.heartbeatSeconds().orElseThrow(),
                "{}");
    }

    @Test
    void itemsMustBeAnArrayOrInDistributedModeAnObject() throws Exception {
        Expression path = items(jsonPath(PROCESSOR + ", 'ItemsPath': '$.x'"));
        Expression expression = items(jsonata(PROCESSOR + ", 'Items': '{% $states.input.x %}'"));
        Expression absent = items(jsonata(PROCESSOR));
        Expression inline = items(jsonata("""
                'Type': 'Map', 'End': true, 'Items': '{% $states.input %}',
                'ItemProcessor': {'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}}}"""));

        assertEquals("[1]", path.evaluate(scope("{'x': [1]}")).text());
        assertEquals("{\"a\":1}", expression.evaluate(scope("{'x': {'a': 1}}")).text());
        assertFails(
                "States.Runtime", "Reference path \"$.x\" must point to array.", path, "{'x': 1}");
        assertFails(
                "States.QueryEvaluationError",
                "The JSONata expression '$states.input.x' specified for the field 'Items' returned an unexpected "
                        + "result type. Expected 'array', but was 'number' for value: 1",
                expression,
                "{'x': 1}");
        var failed = assertFails(
                "States.QueryEvaluationError",
                "Map state input must be an array but was: 1",
                absent,
                "1");
        assertEquals(Optional.empty(), failed.location());
        assertFails(
                "States.QueryEvaluationError",
                "The JSONata expression '$states.input' specified for the field 'Items' returned an unexpected "
                        + "result type. Expected 'array', but was 'object' for value: {\"foo\":\"bar\"}",
                inline,
                "{'foo':'bar'}");
    }

    @Test
    void jsonataNumbersAreCheckedAsWell() throws Exception {
        var task = (State.Task) state(jsonata("""
                'Type': 'Task', 'End': true, 'Resource': 'arn:aws:states:::lambda:invoke',
                'TimeoutSeconds': '{% $states.input.x * 2 %}'"""));
        Expression timeout = task.timeoutSeconds().orElseThrow();

        assertEquals("4", timeout.evaluate(scope("{'x': 2}")).text());
        assertFails(
                "States.QueryEvaluationError",
                "TimeoutSeconds must be between 1 and 99999999.",
                timeout,
                "{'x': 0}");
    }

    private static Expression seconds(String member) {
        var wait = (State.Wait) state(jsonPath("'Type': 'Wait', 'End': true, " + member));
        return ((Until.Seconds) wait.until()).seconds();
    }

    private static Expression items(String definition) {
        return ((State.MapState) state(definition)).items().orElseThrow();
    }

    private static EvaluationFailed assertFails(
            String error, String detail, Expression field, String input) {
        var failed = assertThrows(EvaluationFailed.class, () -> field.evaluate(scope(input)));
        assertEquals(error, failed.error());
        assertEquals(detail, failed.detail());
        return failed;
    }
}
