package dev.mapwright.testkit.statetest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.statetest.Mock;
import dev.mapwright.engine.statetest.StateTest;
import dev.mapwright.engine.statetest.StateTest.Settings;
import dev.mapwright.engine.statetest.StateTests;
import dev.mapwright.engine.statetest.Tested;
import dev.mapwright.engine.statetest.Tested.Status;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// What TestState answers, state kind by state kind.
class StateTestsTest {
    private static final String TASK =
            "'Type': 'Task', 'Resource': 'arn:aws:states:::aws-sdk:sqs:sendMessage', 'End': true";
    private static final String MAP = """
            {'Type': 'Map', 'ItemsPath': '$.values', 'End': true, %s 'ItemProcessor': {
              'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
              'StartAt': 'Each', 'States': {'Each': {'Type': 'Pass', 'End': true}}}}
            """;
    private static final String VALUES = "{'values': [1, 2, 3]}";
    private static final Mock BROKEN = new Mock.ErrorOutput(Failure.of("Broken", "by a mock"));

    /// Of the newest run.
    private SimulatedWorld world = new SimulatedWorld(1);

    /// Nothing can be called.
    private Integrations integrations = _ -> Optional.empty();

    @Test
    void aPassStateShowsEveryStepFromInputToOutput() throws Exception {
        Tested tested = run(test(
                "{'Type': 'Pass', 'InputPath': '$.a', 'Parameters': {'c.$': '$.b'}, 'ResultPath': '$.d', 'Next': 'X'}",
                "{'a': {'b': 1}}"));
        assertEquals(Status.SUCCEEDED, tested.status());
        assertEquals(Optional.of("X"), tested.nextState());
        assertEquals(Optional.of(json("{'a': {'b': 1}, 'd': {'c': 1}}")), tested.output());
        assertEquals(
                Map.of(
                        "input", json("{'a': {'b': 1}}"),
                        "afterInputPath", json("{'b': 1}"),
                        "afterParameters", json("{'c': 1}"),
                        "afterResultSelector", json("{'c': 1}"),
                        "afterResultPath", json("{'a': {'b': 1}, 'd': {'c': 1}}")),
                tested.inspection());
    }

    @Test
    void aPassStateWithAResultShowsItInThePlaceOfWhatItIgnores() throws Exception {
        Tested tested = run(test("{'Type': 'Pass', 'Result': 7, 'End': true}", "{}"));
        assertEquals(
                Set.of("input", "result", "afterResultSelector", "afterResultPath"),
                tested.inspection().keySet());
    }

    @Test
    void aPassStateThatAssignsTooMuchFails() throws Exception {
        Tested tested = run(test(
                "{'Type': 'Pass', 'Assign': {'a': '%s'}, 'End': true}"
                        .formatted("x".repeat(262_143)),
                "{}"));
        assertEquals(
                Optional.of(Optional.of("States.DataLimitExceeded")),
                tested.failure().map(Failure::error));
    }

    @Test
    void aFailStateFails() throws Exception {
        Tested tested = run(test("{'Type': 'Fail', 'Error': 'E', 'Cause': 'C'}", "{}"));
        assertEquals(Status.FAILED, tested.status());
        assertEquals(Optional.of(Failure.of("E", "C")), tested.failure());
        assertEquals(Optional.empty(), tested.output());
    }

    @Test
    void aChoiceStateSaysWhereItGoes() throws Exception {
        String choice =
                "{'Type': 'Choice', 'Choices': [{'Variable': '$.n', 'NumericEquals': 1, 'Next': 'One'}], 'Default': 'Many'}";
        assertEquals(Optional.of("One"), run(test(choice, "{'n': 1}")).nextState());
        assertEquals(Optional.of("Many"), run(test(choice, "{'n': 2}")).nextState());
    }

    @Test
    void aWaitStateOfMoreThanFiveMinutesTimesOut() throws Exception {
        Tested tested = run(test("{'Type': 'Wait', 'Seconds': 301, 'End': true}", "{}"));
        assertEquals(Optional.of(Failure.of("States.Timeout")), tested.failure());
        assertEquals(SimulatedWorld.FIRST_INSTANT.plus(Duration.ofMinutes(5)), world.now());
    }

    @Test
    void aBadFieldFailsTheStateAndWhatCameBeforeIsShown() throws Exception {
        Tested tested = run(test(
                "{'Type': 'Pass', 'InputPath': '$.a', 'Parameters': {'c.$': '$.missing'}, 'End': true}",
                "{'a': {}}"));
        assertEquals(Status.FAILED, tested.status());
        assertEquals(Set.of("input", "afterInputPath"), tested.inspection().keySet());
    }

    @Test
    void variablesAreReadAndShownWithWhatWasAssigned() throws Exception {
        StateTest test = test(
                "{'Type': 'Pass', 'QueryLanguage': 'JSONata', 'Assign': {'y': '{% $x + 1 %}'}, 'Output': '{% $x %}', 'End': true}",
                "{}");
        Tested tested = run(new StateTest(
                test.definition(),
                test.stateName(),
                test.input(),
                test.context(),
                test.roleArn(),
                Map.of("x", Json.of(1)),
                test.mock(),
                test.settings()));
        assertEquals(Optional.of(Json.of(1)), tested.output());
        assertEquals(json("{'x': 1, 'y': 2}"), tested.inspection().get("variables"));
    }

    @Test
    void aTaskWithoutAMockIsCalled() throws Exception {
        integrations = _ -> Optional.of(request -> json("{'got': " + request.arguments() + "}"));
        Tested tested = run(test("{" + TASK + ", 'Parameters': {'a': 1}}", "{}"));
        assertEquals(Optional.of(json("{'got': {'a': 1}}")), tested.output());
        assertEquals(json("{'a': 1}"), tested.inspection().get("afterParameters"));
        assertEquals(json("{'got': {'a': 1}}"), tested.inspection().get("result"));
    }

    @Test
    void aTaskThatTakesLongerThanItMayTimesOut() throws Exception {
        integrations = _ -> Optional.of(_ -> {
            world.sleepUntil(world.now().plusSeconds(60));
            return Json.EMPTY_OBJECT;
        });
        Tested tested = run(test("{" + TASK + ", 'TimeoutSeconds': 2}", "{}"));
        assertEquals(Optional.of(Failure.of("States.Timeout")), tested.failure());
    }

    @Test
    void aTaskThatFailsMayBeRetried() throws Exception {
        integrations = _ -> Optional.of(_ -> {
            throw TaskFailed.of("Broken", "for real");
        });
        Tested tested = run(test(
                "{" + TASK + ", 'Retry': [{'ErrorEquals': ['X']}, {'ErrorEquals': ['Broken']}]}",
                "{}"));
        assertEquals(Status.RETRIABLE, tested.status());
        assertEquals(
                Map.of("retryIndex", 1, "retryBackoffIntervalSeconds", 1L),
                tested.inspection().get("errorDetails"));
    }

    @Test
    void theBackoffGrowsWithTheRetriesThatWereMade() throws Exception {
        String task =
                "{" + TASK + ", 'Retry': [{'ErrorEquals': ['States.ALL'], 'IntervalSeconds': 3}]}";
        Tested second = run(test(task, "{}", BROKEN, retried(1)));
        assertEquals(
                Map.of("retryIndex", 0, "retryBackoffIntervalSeconds", 6L),
                second.inspection().get("errorDetails"));
    }

    @Test
    void spentRetriesLeadToTheCatcher() throws Exception {
        String task = "{" + TASK
                + ", 'Retry': [{'ErrorEquals': ['States.ALL'], 'MaxAttempts': 2}], 'Catch': [{'ErrorEquals': ['Broken'], 'Next': 'Mend'}]}";
        Tested tested = run(test(task, "{}", BROKEN, retried(2)));
        assertEquals(Status.CAUGHT_ERROR, tested.status());
        assertEquals(Optional.of("Mend"), tested.nextState());
        assertEquals(
                Optional.of(json("{'Error': 'Broken', 'Cause': 'by a mock'}")), tested.output());
        assertEquals(Map.of("catchIndex", 0), tested.inspection().get("errorDetails"));
    }

    @Test
    void aMapStateShowsItsItemsAndLimitsAndReturnsTheMock() throws Exception {
        Tested tested = run(test(
                MAP.formatted(
                        "'ItemSelector': {'i.$': '$$.Map.Item.Index'}, 'ToleratedFailureCount': 1,"),
                VALUES,
                result(json("[4]")),
                Settings.NONE));
        assertEquals(Optional.of(json("[4]")), tested.output());
        assertEquals(json("[1, 2, 3]"), tested.inspection().get("afterItemsPath"));
        assertEquals(
                json("[{'i': 0}, {'i': 1}, {'i': 2}]"),
                tested.inspection().get("afterItemSelector"));
        assertEquals(0, tested.inspection().get("maxConcurrency"));
        assertEquals(1L, tested.inspection().get("toleratedFailureCount"));
    }

    @Test
    void aMapStateShowsTheStagesFromWhatItsReaderReadToItsBatches() throws Exception {
        String map = """
                {'Type': 'Map', 'End': true,
                  'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject',
                    'ReaderConfig': {'InputType': 'JSON', 'ItemsPointer': '/data/0', 'MaxItems': 3},
                    'Parameters': {'Bucket': 'b', 'Key': 'k.json'}},
                  'ItemSelector': {'key.$': '$$.Map.Item.Key', 'from.$': '$$.Map.Item.Source'},
                  'ItemBatcher': {'MaxItemsPerBatch': 2, 'BatchInput': {'t.$': '$.t'}},
                  'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'EXPRESS'},
                    'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}}
                """;
        Tested tested = run(test(
                map,
                "{'t': 5}",
                result(json("[]")),
                read("{'data': [{'a': 1, 'b': 2, 'c': 3, 'd': 4}]}")));
        assertEquals(
                json("{'a': 1, 'b': 2, 'c': 3, 'd': 4}"),
                tested.inspection().get("afterItemsPointer"));
        assertEquals(json("""
                        [{'key': 'a', 'from': 's3://b/k.json'}, {'key': 'b', 'from': 's3://b/k.json'},
                         {'key': 'c', 'from': 's3://b/k.json'}]"""), tested.inspection().get("afterItemSelector"));
        assertEquals(json("""
                        [{'BatchInput': {'t': 5}, 'Items': [
                           {'key': 'a', 'from': 's3://b/k.json'}, {'key': 'b', 'from': 's3://b/k.json'}]},
                         {'BatchInput': {'t': 5}, 'Items': [{'key': 'c', 'from': 's3://b/k.json'}]}]"""), tested.inspection().get("afterItemBatcher"));
        assertEquals(
                Optional.of(Failure.of(
                        "States.ItemReaderFailed", "Attempting to map over non-iterable node.")),
                run(test(map, "{'t': 5}", result(json("[]")), read("{'data': [1]}")))
                        .failure());
    }

    private static Settings read(String dataset) throws Exception {
        return new Settings(0, Optional.empty(), Optional.empty(), Optional.of(json(dataset)));
    }

    @Test
    void aMapStateFailsWhenMoreIterationsFailThanItTolerates() throws Exception {
        var result = result(json("[]"));
        String atMostOne = MAP.formatted("'ToleratedFailureCount': 1,");
        String atMostHalf = MAP.formatted("'ToleratedFailurePercentage': 50,");
        assertEquals(
                Status.SUCCEEDED,
                run(test(atMostOne, VALUES, result, failures(1))).status());
        assertEquals(
                Status.SUCCEEDED,
                run(test(atMostHalf, VALUES, result, failures(1))).status());
        var exceeded = Optional.of(Failure.of(
                "States.ExceedToleratedFailureThreshold",
                "The specified tolerated failure threshold was exceeded"));
        assertEquals(exceeded, run(test(atMostOne, VALUES, result, failures(2))).failure());
        assertEquals(
                exceeded, run(test(atMostHalf, VALUES, result, failures(2))).failure());
    }

    @Test
    void noMoreIterationsCanFailThanThereAre() throws Exception {
        assertRefused(
                "ValidationException: Map iteration failure count must be less than or equal to the number of Map iterations",
                test(MAP.formatted(""), VALUES, result(json("[]")), failures(4)));
    }

    @Test
    void aStateInsideOfAMapSeesItsInputAsTheFirstItem() throws Exception {
        String machine = """
                {'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'End': true, 'ItemProcessor': {
                  'StartAt': 'Each', 'States': {'Each': {'Type': 'Pass', 'End': true,
                    'Parameters': {'item.$': '$$.Map.Item'}}}}}}}
                """;
        StateTest test = test(machine, "'a'");
        Tested tested = run(named("Each", test));
        assertEquals(Optional.of(json("{'item': {'Index': 0, 'Value': 'a'}}")), tested.output());
    }

    @Test
    void aStateThatIsNotThereIsNotFound() throws Exception {
        assertRefused(
                "ValidationException: State not found in definition",
                named("B", test("{'StartAt': 'A', 'States': {'A': {'Type': 'Succeed'}}}", "{}")));
    }

    @Test
    void someStatesTakeNoMockAndOthersNeedOne() throws Exception {
        assertRefused(
                "ValidationException: State type 'Succeed' is not supported when a mock is specified",
                test("{'Type': 'Succeed'}", "{}", BROKEN, Settings.NONE));
        assertRefused(
                "InvalidDefinition: TestState API does not support Map or Parallel states. Supported"
                        + " state types include: [Task, Wait, Pass, Succeed, Fail, Choice]",
                test(MAP.formatted(""), VALUES));
        assertRefused(
                "InvalidDefinition: Mapwright has no integration for the resource"
                        + " arn:aws:states:::aws-sdk:sqs:sendMessage: it needs a mock.",
                test("{" + TASK + "}", "{}"));
    }

    @Test
    void aContextObjectIsTakenAsGivenOrRefused() throws Exception {
        String pass = "{'Type': 'Pass', 'Parameters': {'c.$': '$$'}, 'End': true}";
        String given = "{'State': {'RetryCount': 3}, 'Task': {'Token': 't'}}";
        assertEquals(
                Optional.of(json("{'c': " + given + "}")),
                run(within(given, pass)).output());
        assertRefused(
                "ValidationException: Invalid Context object provided: Field 'Nope' is not allowed",
                within("{'State': {'Nope': 1}}", pass));
        assertRefused(
                "ValidationException: Invalid Context object provided: Execution.Id must be a string",
                within("{'Execution': {'Id': 1}}", pass));
        assertRefused(
                "ValidationException: Invalid Context object provided: 'Map' field is not supported"
                        + " when mocking a Context object",
                within("{'Map': {}}", pass));
    }

    private static Settings retried(int count) {
        return new Settings(count, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Settings failures(long count) {
        return new Settings(0, Optional.empty(), Optional.of(count), Optional.empty());
    }

    private static StateTest test(String definition, String input) {
        return test(definition, input, Optional.empty(), Optional.empty(), Settings.NONE);
    }

    private static Mock result(Json value) {
        return new Mock.Result(value, Mock.FieldValidation.STRICT);
    }

    private static StateTest test(String definition, String input, Mock mock, Settings settings) {
        return test(definition, input, Optional.empty(), Optional.of(mock), settings);
    }

    private static StateTest within(String context, String definition) {
        return test(definition, "{}", Optional.of(json(context)), Optional.empty(), Settings.NONE);
    }

    private static StateTest test(
            String definition,
            String input,
            Optional<Json> context,
            Optional<Mock> mock,
            Settings settings) {
        return new StateTest(
                json(definition).text(),
                Optional.empty(),
                json(input),
                context,
                Optional.empty(),
                Map.of(),
                mock,
                settings);
    }

    private static StateTest named(String state, StateTest test) {
        return new StateTest(
                test.definition(),
                Optional.of(state),
                test.input(),
                test.context(),
                test.roleArn(),
                test.variables(),
                test.mock(),
                test.settings());
    }

    private Tested run(StateTest test) throws Exception {
        var outcome = new AtomicReference<Tested>();
        var refusal = new AtomicReference<Refused>();
        var place = new Place("aws", "us-east-1", "123456789012");
        world = new SimulatedWorld(1);
        world.run(() -> {
            try {
                outcome.set(new StateTests(world, integrations, place).run(test));
            } catch (Refused refused) {
                refusal.set(refused);
            }
        });
        if (refusal.get() != null) {
            throw refusal.get();
        }
        return outcome.get();
    }

    private void assertRefused(String expected, StateTest test) throws Exception {
        try {
            run(test);
        } catch (Refused refused) {
            assertEquals(expected, refused.code() + ": " + refused.getMessage());
            return;
        }
        throw new AssertionError("expected to be refused with " + expected);
    }

    private static Json json(String text) {
        return Json.ofText(text.replace('\'', '"'));
    }
}
