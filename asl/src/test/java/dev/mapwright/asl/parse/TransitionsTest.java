package dev.mapwright.asl.parse;

import static dev.mapwright.asl.parse.Definitions.json;
import static dev.mapwright.asl.parse.Definitions.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

class TransitionsTest {
    @Test
    void everyTargetMustExistWithinItsOwnStates() {
        assertEquals(
                List.of(
                        "MISSING_TRANSITION_TARGET: Missing 'Next' target: W at /StartAt",
                        "MISSING_TRANSITION_TARGET: Missing 'Next' target: Y at /States/C/Default",
                        "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/C/Choices[0]/Next",
                        "MISSING_TRANSITION_TARGET: Missing 'Next' target: Z at /States/T/Catch[0]/Next",
                        "MISSING_TRANSITION_TARGET: Missing 'Next' target: C at"
                                + " /States/P/Branches[0]/States/B/Next"),
                errors("""
                        {'StartAt': 'W', 'States': {
                          'C': {'Type': 'Choice', 'Default': 'Y', 'Choices': [
                            {'Variable': '$.a', 'IsNull': true, 'Next': 'X'}]},
                          'T': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', 'End': true,
                            'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Z'}]},
                          'P': {'Type': 'Parallel', 'End': true, 'Branches': [{'StartAt': 'B', 'States': {
                            'B': {'Type': 'Pass', 'Next': 'C'}, 'D': {'Type': 'Succeed'}}}]}}}"""));
    }

    @Test
    void aMachineWithoutAnEndIsRefusedAtNoPlaceInParticular() {
        assertEquals(
                List.of("MISSING_END_STATE: Workflow has no terminal state at nowhere"),
                problems(json("""
                        {'StartAt': 'A', 'States': {
                          'A': {'Type': 'Pass', 'Next': 'B'}, 'B': {'Type': 'Pass', 'Next': 'A'}}}""")));
    }

    @Test
    void aStateThatNothingLeadsToIsOnlyWarnedOf() {
        String definition = json("""
                {'StartAt': 'A', 'States': {
                  'A': {'Type': 'Pass', 'End': true}, 'C': {'Type': 'Pass', 'End': true}}}""");

        assertEquals(
                List.of("MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C"),
                problems(definition));
        assertTrue(Parser.parse(definition, false).machine().isPresent());
    }

    @Test
    void namesAreUniqueInTheWholeDefinition() {
        assertEquals(
                List.of(
                        "DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/Branches[0]/States/A"),
                problems(json("""
                        {'StartAt': 'A', 'States': {'A': {'Type': 'Parallel', 'End': true, 'Branches': [
                          {'StartAt': 'A', 'States': {'A': {'Type': 'Succeed'}}}]}}}""")));
    }

    @Test
    void namesHaveAtMostEightyCharacters() {
        String name = "n".repeat(81);

        assertEquals(
                List.of(
                        "INVALID_STATE_NAME: Invalid State name: State '%1$s' exceeds the 80-character limit allowed "
                                        .formatted(name)
                                + "by the service at /States/" + name),
                problems(json("{'StartAt': '%1$s', 'States': {'%1$s': {'Type': 'Succeed'}}}"
                        .formatted(name))));
    }

    @Test
    void labelsAreUnique() {
        String map = """
                '%s': {'Type': 'Map', 'Label': 'l', %s, 'ItemProcessor': {
                  'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'EXPRESS'},
                  'StartAt': 'I%s', 'States': {'I%s': {'Type': 'Succeed'}}}}""";

        assertEquals(
                List.of("DUPLICATE_LABEL_NAME: Duplicate Label name: l at /States/B/Label"),
                problems(json("{'StartAt': 'A', 'States': {"
                        + map.formatted("A", "'Next': 'B'", 1, 1) + ", "
                        + map.formatted("B", "'End': true", 2, 2)
                        + "}}")));
    }

    @Test
    void statesNestedWithoutEndAreRefused() {
        String inner = "{'StartAt': 'x', 'States': {'x': {'Type': 'Succeed'}}}";
        for (int level = 0; level < 60; level++) {
            inner =
                    "{'StartAt': 's%1$d', 'States': {'s%1$d': {'Type': 'Parallel', 'End': true, 'Branches': [%2$s]}}}"
                            .formatted(level, inner);
        }

        assertTrue(problems(json(inner)).getFirst().startsWith("TOO_DEEPLY_NESTED: "));
    }

    private static List<String> errors(String definition) {
        return problems(json(definition)).stream()
                .filter(problem -> !problem.contains("is not reachable"))
                .toList();
    }
}
