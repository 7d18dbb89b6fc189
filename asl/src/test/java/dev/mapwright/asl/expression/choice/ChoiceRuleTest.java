package dev.mapwright.asl.expression.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.expression.Variables;
import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

class ChoiceRuleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'StringEquals': 'a'              | 'a'   | true
            'StringEquals': '1'              | 1     | false
            'StringLessThan': 'b'            | 'a'   | true
            'StringLessThan': 'B'            | 'a'   | false
            'StringLessThanEquals': 'a'      | 'a'   | true
            'StringGreaterThan': 'Z'         | 'a'   | true
            'StringGreaterThanEquals': ''    | ''    | true
            'StringMatches': 'log-*.txt'     | 'log-7.txt' | true
            'StringMatches': 'log-*.txt'     | 7     | false
            'NumericEquals': 1               | 1.0   | true
            'NumericEquals': 1               | '1'   | false
            'NumericLessThan': 0             | -0.5  | true
            'NumericLessThan': 0             | 0     | false
            'NumericLessThanEquals': 0       | 0     | true
            'NumericGreaterThan': 10         | 9     | false
            'NumericGreaterThan': 9007199254740992 | 9007199254740993 | true
            'NumericGreaterThanEquals': 9    | 9     | true
            'BooleanEquals': true            | true  | true
            'BooleanEquals': false           | null  | false
            'TimestampEquals': '2012-10-09T19:00:55Z' | '2012-10-09T21:00:55+02:00' | true
            'TimestampEquals': '2012-10-09T19:00:55Z' | '2012-10-09 19:00:55Z' | false
            'TimestampLessThan': '2012-10-09T19:00:55Z' | '2012-10-09T19:00:54.999Z' | true
            'TimestampLessThanEquals': '2012-10-09T19:00:55Z' | '2012-10-09T19:00:55Z' | true
            'TimestampGreaterThan': '2012-10-09T19:00:55Z' | '2012-10-09T19:00:55Z' | false
            'TimestampGreaterThanEquals': '2012-10-09T19:00:55Z' | '2013-01-01T00:00:00Z' | true
            'IsNull': true                   | null  | true
            'IsNull': false                  | 1     | true
            'IsNumeric': true                | 1e3   | true
            'IsNumeric': true                | '1'   | false
            'IsString': true                 | ''    | true
            'IsString': false                | {}    | true
            'IsBoolean': true                | false | true
            'IsTimestamp': true              | '2012-10-09T19:00:55Z' | true
            'IsTimestamp': true              | '2012-10-09' | false
            'IsPresent': true                | null  | true
            'IsPresent': false               | 1     | false
            'StringEqualsPath': '$.other'    | 'x'   | true
            'StringLessThanPath': '$.other'  | 'w'   | true
            'NumericEqualsPath': '$.number'  | 5     | true
            'NumericGreaterThanEqualsPath': '$.other' | 5 | false
            'BooleanEqualsPath': '$.other'   | true  | false
            'TimestampLessThanPath': '$.time' | '2000-01-01T00:00:00Z' | true
            """)
    void anOperatorComparesWithoutCoercion(String operator, String value, boolean holds)
            throws Exception {
        String input = "{'a': %s, 'other': 'x', 'number': 5, 'time': '2010-01-01T00:00:00Z'}"
                .formatted(value);

        assertEquals(holds, test("'Variable': '$.a', " + operator, input));
    }

    @Test
    void aMissingPathFailsTheExecution() {
        var failed = assertThrows(
                EvaluationFailed.class,
                () -> test("'Variable': '$.type', 'StringEquals': 'a'", "{}"));

        assertEquals("States.Runtime", failed.error());
        assertEquals(
                "Invalid path '$.type': The choice state's condition path references an invalid value.",
                failed.detail());
        assertThrows(EvaluationFailed.class, () -> test("'Variable': '$.b', 'IsNull': true", "{}"));
        assertThrows(
                EvaluationFailed.class,
                () -> test("'Variable': '$.a', 'StringEqualsPath': '$.b'", "{'a': 'x'}"));
    }

    @Test
    void isPresentGuardsWhatFollowsIt() throws Exception {
        String guarded = """
                'And': [{'Variable': '$.a', 'IsPresent': true}, {'Variable': '$.a', 'NumericEquals': 1}]""";

        assertFalse(test(guarded, "{}"));
        assertTrue(test(guarded, "{'a': 1}"));
        assertTrue(test("""
                'Or': [{'Variable': '$.a', 'IsPresent': false}, {'Variable': '$.a', 'NumericEquals': 1}]""", "{}"));
    }

    @Test
    void notTurnsItsTestRound() throws Exception {
        assertTrue(test("'Not': {'Variable': '$.a', 'StringEquals': 'x'}", "{'a': 'y'}"));
        assertFalse(test("'Not': {'Not': {'Variable': '$.a', 'StringEquals': 'x'}}", "{'a': 'y'}"));
    }

    @Test
    void aRuleHasExactlyOneTest() {
        assertEquals("And[1]/Variable", problem("""
                'And': [{'Variable': '$.a', 'IsNull': true}, {'Variable': 7, 'IsNull': true}]""").field());
        assertEquals(
                "There should only be one of the following fields: [StringEquals, NumericEquals]",
                problem("'Variable': '$.a', 'StringEquals': 'a', 'NumericEquals': 1")
                        .getMessage());
        assertEquals(
                "The object must have only one of the following fields, [And, Or, Not, Variable, Condition]",
                problem(
                                "'Variable': '$.a', 'IsNull': true, 'Not': {'Variable': '$.a', 'IsNull': true}")
                        .getMessage());
        assertEquals("Value cannot be empty", problem("'Or': []").getMessage());
        assertEquals("Field 'Assign' is not supported", problem("""
                'Not': {'Variable': '$.a', 'IsNull': true, 'Assign': {}}""").getMessage());
    }

    @Test
    void rulesNestedWithoutEndAreRefused() {
        String rule =
                "'Not': {".repeat(200) + "'Variable': '$.a', 'IsNull': true" + "}".repeat(200);

        assertEquals("Rules are nested more than 100 levels deep", problem(rule).getMessage());
    }

    private static boolean test(String rule, String input) throws Exception {
        var scope = new Scope(
                json(input),
                Optional.empty(),
                Optional.empty(),
                () -> Json.EMPTY_OBJECT,
                Variables.NONE,
                Instant.EPOCH,
                new Random(1));
        return ChoiceRule.compile(members(rule)).holds(scope);
    }

    private static ExpressionSyntaxException problem(String rule) {
        return assertThrows(
                ExpressionSyntaxException.class, () -> ChoiceRule.compile(members(rule)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(String rule) throws Exception {
        return (Map<String, Object>) json("{" + rule + "}").value();
    }

    private static Json json(String text) throws Exception {
        return Json.parse(text.replace('\'', '"'));
    }
}
