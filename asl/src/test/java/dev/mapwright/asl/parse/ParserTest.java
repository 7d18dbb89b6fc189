package dev.mapwright.asl.parse;

import static dev.mapwright.asl.parse.Definitions.json;
import static dev.mapwright.asl.parse.Definitions.jsonPath;
import static dev.mapwright.asl.parse.Definitions.jsonata;
import static dev.mapwright.asl.parse.Definitions.machine;
import static dev.mapwright.asl.parse.Definitions.problems;
import static dev.mapwright.asl.parse.Definitions.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.StateMachine;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class ParserTest {
    private static final String EIGHT_STATES = json("""
            {'Comment': 'all', 'Version': '1.0', 'TimeoutSeconds': 60, 'StartAt': 'Pass', 'States': {
              'Pass': {'Type': 'Pass', 'Result': 1, 'Next': 'Wait'},
              'Wait': {'Type': 'Wait', 'Seconds': 1, 'Next': 'Task'},
              'Task': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', 'Next': 'Parallel'},
              'Parallel': {'Type': 'Parallel', 'Next': 'Map', 'Branches': [
                {'StartAt': 'B', 'States': {'B': {'Type': 'Succeed'}}}]},
              'Map': {'Type': 'Map', 'Next': 'Choice', 'ItemProcessor': {
                'StartAt': 'I', 'States': {'I': {'Type': 'Pass', 'End': true}}}},
              'Choice': {'Type': 'Choice', 'Default': 'Fail', 'Choices': [
                {'Variable': '$.a', 'IsPresent': true, 'Next': 'Succeed'}]},
              'Succeed': {'Type': 'Succeed'},
              'Fail': {'Type': 'Fail', 'Error': 'E', 'Cause': 'C'}}}
            """);

    @Test
    void allEightStatesAreReadInTheOrderOfTheDefinition() {
        StateMachine machine = machine(EIGHT_STATES);

        assertEquals(
                List.of("Pass", "Wait", "Task", "Parallel", "Map", "Choice", "Succeed", "Fail"),
                List.copyOf(machine.states().keySet()));
        assertEquals("Pass", machine.startAt());
        assertEquals(Optional.of(Duration.ofMinutes(1)), machine.timeout());
        assertEquals(Optional.of("Wait"), ((State.Pass) machine.state("Pass")).next());
        assertEquals("invoke", ((State.Task) machine.state("Task")).resource().action());
        assertEquals(Optional.of("Fail"), ((State.Choice) machine.state("Choice")).otherwise());
    }

    @Test
    void aMapStateIsFoundAtAnyDepth() {
        String definition = json("""
                {'StartAt': 'P', 'States': {'P': {'Type': 'Parallel', 'End': true, 'Branches': [
                  {'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'End': true, 'ItemProcessor': {
                    'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
                    'StartAt': 'N', 'States': {'N': {'Type': 'Map', 'End': true, 'Iterator': {
                      'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}}}}}}}}}]}}}
                """);

        assertEquals("N", machine(definition).findMap("N").orElseThrow().name());
        assertTrue(machine(definition).findMap("I").isEmpty());
    }

    @Test
    void aTextThatIsNoObjectIsRefusedWithoutAPlace() {
        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at nowhere"),
                problems("[1]"));
        assertEquals(
                List.of("MISSING_DESCRIPTION: Received a null or empty workflow input. at nowhere"),
                problems(" "));
    }

    @Test
    void aTextThatIsNotJsonIsRefusedWithItsPlaceInTheText() {
        Diagnostic found = Parser.parse("not a definition", false).diagnostics().getFirst();

        assertEquals("INVALID_JSON_DESCRIPTION", found.code());
        assertTrue(found.location()
                .orElseThrow()
                .startsWith("[Source: (String)\"not a definition\"; line: 1"));
    }

    @Test
    void aDefinitionBeyondTheLimitIsRefused() {
        String tooLong = "{" + " ".repeat(Parser.DEFINITION_LENGTH_MAX) + "}";

        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: Definition has 1048578 characters, more than the limit of 1048576"
                                + " at nowhere"),
                problems(tooLong));
    }

    @Test
    void theRefusalHasTheFormOfCreateStateMachine() {
        assertEquals(
                "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'",
                Parser.parse(json("{'StartAt': 'S'}"), false).refusal());
        assertEquals(
                "Invalid State Machine Definition: 'MISSING_END_STATE: Workflow has no terminal state at null'",
                Parser.parse(jsonPath("'Type': 'Pass', 'Next': 'S'"), false).refusal());
    }

    @Test
    void whatStrictValidatorsWronglyRefuseIsAccepted() {
        assertEquals(List.of(), problems(jsonPath("""
                'Type': 'Pass', 'Comment': 'c', 'InputPath': null, 'OutputPath': null, 'ResultPath': null,
                'End': true""")));
        assertEquals(List.of(), problems(jsonata("""
                'Type': 'Pass', 'End': true,
                'Output': '{%\\n /* a comment */\\n ( $x := $states.input.a;\\n $x + 1 )\\n%}'""")));
        assertEquals(List.of(), problems(jsonPath("""
                'Type': 'Task', 'Resource': 'arn:aws:states:::sqs:sendMessage', 'End': true,
                'Retry': [{'ErrorEquals': ['States.ALL'], 'Comment': 'c', 'IntervalSeconds': 0}]""")));
    }

    @Test
    void aStateAloneIsReadWithoutAskingWhereItLeads() {
        var parsed = Parser.parseState("Alone", json("{'Type': 'Pass', 'Next': 'Elsewhere'}"));

        assertEquals(List.of(), parsed.diagnostics());
        assertEquals(
                Optional.of("Elsewhere"),
                ((State.Pass) parsed.machine().orElseThrow().state("Alone")).next());
    }

    @Test
    void aStateInJsonataMayStandInAMachineInJsonPathButNotTheOtherWayRound() {
        assertEquals(
                List.of(),
                problems(jsonPath("'Type': 'Pass', 'QueryLanguage': 'JSONata', 'End': true")));
        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole "
                                + "state machine at /States/S"),
                problems(jsonata("'Type': 'Pass', 'QueryLanguage': 'JSONPath', 'End': true")));
    }

    @Test
    void fieldsOfTheOtherLanguageAreRefused() {
        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is only "
                                + "supported for the 'JSONata' QueryLanguage at /States/S"),
                problems(jsonPath("'Type': 'Pass', 'Output': 1, 'End': true")));
        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'InputPath' is only "
                                + "supported for the 'JSONPath' QueryLanguage at /States/S"),
                problems(jsonata("'Type': 'Pass', 'InputPath': '$', 'End': true")));
    }

    @Test
    void statesOfAProcessorFollowTheMachinesLanguageAndNotTheMapStates() {
        List<String> problems = problems(jsonPath("""
                'Type': 'Map', 'QueryLanguage': 'JSONata', 'End': true, 'ItemProcessor': {
                  'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'Output': 1, 'End': true}}}"""));

        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is only "
                                + "supported for the 'JSONata' QueryLanguage at /States/S/ItemProcessor/States/P"),
                problems);
    }

    @Test
    void aPassStatesResultThatIsNullIsNone() throws Exception {
        var pass = (State.Pass) state(jsonPath("'Type': 'Pass', 'Result': null, 'End': true"));

        assertEquals(
                "{\"a\":1}",
                pass.dataflow().arguments(Definitions.scope("{'a': 1}")).text().replace(" ", ""));
    }

    @Test
    void aPathBeyondAllMeasureIsRefused() {
        assertEquals(
                List.of("TOO_DEEPLY_NESTED: A path or expression is too deeply nested. at nowhere"),
                problems(jsonPath("'Type': 'Pass', 'End': true, 'InputPath': '$"
                        + "..a".repeat(100_000) + "'")));
    }

    @Test
    void thousandsOfVariablesInThousandsOfStatesAreFollowed() {
        var states = new StringBuilder();
        for (int i = 0; i < 4000; i++) {
            states.append("'s%1$d': {'Type': 'Pass', 'Assign': {'v%1$d': 1}, 'Next': 's%2$d'}, "
                    .formatted(i, i + 1));
        }
        states.append("'s4000': {'Type': 'Pass', 'InputPath': '$v0', 'End': true}");

        assertEquals(List.of(), problems(json("{'StartAt': 's0', 'States': {" + states + "}}")));
    }
}
