package dev.mapwright.asl.parse;

import static dev.mapwright.asl.parse.Definitions.json;
import static dev.mapwright.asl.parse.Definitions.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class VariablesTest {
    @Test
    void aVariableThatOneWayDoesNotAssignIsWarnedOf() {
        assertEquals(
                List.of(
                        "POSSIBLY_UNDEFINED_VARIABLE: The variable '$x' may have no value here. at /States/Use"),
                problems(json("""
                        {'QueryLanguage': 'JSONata', 'StartAt': 'Choose', 'States': {
                          'Choose': {'Type': 'Choice', 'Default': 'Use', 'Choices': [
                            {'Condition': true, 'Next': 'Set', 'Assign': {'y': 1}}]},
                          'Set': {'Type': 'Pass', 'Assign': {'x': '{% $y %}'}, 'Next': 'Use'},
                          'Use': {'Type': 'Pass', 'Output': '{% $x %}', 'End': true}}}""")));
    }

    @Test
    void branchesAndInlineIterationsSeeOuterVariablesAndDistributedChildrenDoNot() {
        String map = """
                {'StartAt': 'Set', 'States': {
                  'Set': {'Type': 'Pass', 'Assign': {'x': 1}, 'Next': 'M'},
                  'M': {'Type': 'Map', 'ItemSelector': {'x.$': '$x'}, 'End': true, 'ItemProcessor': {%s
                    'StartAt': 'Use', 'States': {'Use': {'Type': 'Pass', 'InputPath': '$x', 'End': true}}}}}}""";

        assertEquals(List.of(), problems(json(map.formatted(""))));
        assertEquals(
                List.of("POSSIBLY_UNDEFINED_VARIABLE: The variable '$x' may have no value here. at"
                        + " /States/M/ItemProcessor/States/Use"),
                problems(
                        json(
                                map.formatted(
                                        "'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'EXPRESS'},"))));
    }

    @Test
    void anInnerScopeDoesNotAssignAnOuterName() {
        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: The variable '$x' is assigned in an outer scope and can not be "
                                + "assigned here at /States/P/Branches[0]/States/B/Assign"),
                problems(parallel("'Assign': {'x': 1},", "")));
    }

    @Test
    void aCatcherMayAssignWhatABranchAssignsForItself() {
        assertEquals(List.of(), problems(parallel("", """
                        'Catch': [{'ErrorEquals': ['States.ALL'], 'Assign': {'x': 2}, 'Next': 'End'}],""")));
    }

    @Test
    void theVariablesOfEachStateAreListed() {
        assertEquals(
                Map.of(
                        "M",
                        List.of("limit", "list"),
                        "Inner",
                        List.of("a", "b"),
                        "Fail",
                        List.of("cause")),
                VariableReferences.of(json("""
                        {'StartAt': 'M', 'States': {
                          'M': {'Type': 'Map', 'ItemsPath': '$list', 'MaxConcurrencyPath': '$limit', 'Next': 'Fail',
                            'ItemProcessor': {'StartAt': 'Inner', 'States': {'Inner': {'Type': 'Pass', 'End': true,
                              'Comment': '$no', 'Result': {'path': '$no', 'x.$': '$no'},
                              'Assign': {'b': '$no', 'c': {'d.$': 'States.MathAdd($b.n, States.MathAdd($a, 1))'}}}}}},
                          'Fail': {'Type': 'Fail', 'CausePath': '$cause'}}}""")));
        assertEquals(Map.of("S", List.of("a", "b")), VariableReferences.of(json("""
                        {'QueryLanguage': 'JSONata', 'StartAt': 'S', 'States': {'S': {'Type': 'Pass', 'End': true,
                          'Output': ['{% ( $own := $a; $sum([$own, $b.c]) ) %}', '{% $states.input.x %}']}}}""")));
        assertEquals(Map.of(), VariableReferences.of("nonsense"));
    }

    private static String parallel(String before, String recovery) {
        return json("""
                {'StartAt': 'Set', 'States': {
                  'Set': {'Type': 'Pass', %s 'Next': 'P'},
                  'P': {'Type': 'Parallel', %s 'Next': 'End', 'Branches': [{'StartAt': 'B', 'States': {
                    'B': {'Type': 'Pass', 'Assign': {'x': 2}, 'End': true}}}]},
                  'End': {'Type': 'Succeed'}}}""".formatted(before, recovery));
    }
}
