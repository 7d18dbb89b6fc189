package dev.mapwright.asl.parse;

import static dev.mapwright.asl.parse.Definitions.json;
import static dev.mapwright.asl.parse.Definitions.jsonPath;
import static dev.mapwright.asl.parse.Definitions.jsonata;
import static dev.mapwright.asl.parse.Definitions.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What looks as if it were read, and is not, is warned of.
class LookalikesTest {
    @Test
    void aPathInATemplateWantsADollarAfterItsName() {
        String definition = jsonPath(
                "'Type': 'Pass', 'End': true, 'Parameters': {'a': '$.x', 'b': [{'c': 'States.UUID()'}], 'd.$': '$.x',"
                        + " 'price': '$5'}");

        assertEquals(
                List.of(
                        "NO_DOLLAR: The field 'a' is taken as it is written. Call it 'a.$' to have its value evaluated."
                                + " at /States/S/Parameters",
                        "NO_DOLLAR: The field 'c' is taken as it is written. Call it 'c.$' to have its value evaluated."
                                + " at /States/S/Parameters"),
                problems(definition));
        assertTrue(Parser.parse(definition, false).machine().isPresent());
    }

    @Test
    void aPathInATextWantsAFieldWithPathInItsName() {
        assertEquals(
                List.of(
                        "NO_PATH: The value of 'Error' is taken as it is written. Use 'ErrorPath' to have it evaluated."
                                + " at /States/S/Error"),
                problems(jsonPath("'Type': 'Fail', 'Error': '$.error', 'Cause': 'costs $5'")));
        assertEquals(
                List.of(
                        "NO_PATH: The value of 'StringEquals' is taken as it is written. Use 'StringEqualsPath' to have"
                                + " it evaluated. at /States/S/Choices[0]/Not/StringEquals"),
                problems(json("""
                        {'StartAt': 'S', 'States': {'Z': {'Type': 'Succeed'}, 'S': {'Type': 'Choice', 'Choices': [
                          {'Not': {'Variable': '$.a', 'StringEquals': '$.b'}, 'Next': 'Z'}]}}}""")));
    }

    @Test
    void theResultOfAPassStateReadsNothing() {
        assertEquals(
                List.of(
                        "PASS_RESULT_IS_STATIC: The value of 'Result' is taken as it is written. Use 'Parameters' to"
                                + " select values. at /States/S/Result"),
                problems(jsonPath(
                        "'Type': 'Pass', 'End': true, 'Result': {'a': ['$$.Execution.Id']}")));
    }

    @Test
    void jsonataHasNoPathsToBeMistakenFor() {
        assertEquals(
                List.of(),
                problems(jsonata("'Type': 'Pass', 'End': true, 'Output': {'a': '$.x'}")));
    }

    @Test
    void innerStatesAreLookedAtToo() {
        assertEquals(
                List.of(
                        "NO_DOLLAR: The field 'a' is taken as it is written. Call it 'a.$' to have its value evaluated."
                                + " at /States/S/Branches[0]/States/P/Parameters"),
                problems(
                        jsonPath(
                                "'Type': 'Parallel', 'End': true, 'Branches': [{'StartAt': 'P', 'States': {"
                                        + "'P': {'Type': 'Pass', 'End': true, 'Parameters': {'a': '$'}}}}]")));
    }
}
