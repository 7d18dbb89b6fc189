package dev.mapwright.adapters.services.states;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Definitions.NewMachine;
import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.execution.Executions.Start;
import dev.mapwright.engine.execution.Publication;
import dev.mapwright.engine.execution.Settings;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.engine.maprun.WriteFailed;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.task.JobIntegration;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.testkit.store.MemoryStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class StartExecutionIntegrationTest {
    private static final UUID REQUEST_ID = UUID.fromString("00000000-0000-0000-0000-000000000007");
    private static final String ARN = "arn:aws:states:us-east-1:123456789012:";
    private static final String KEY = ARN + "execution:parent:p#3";

    private final SystemWorld world = new SystemWorld();
    private Engine engine;
    private JobIntegration integration;

    @BeforeEach
    void create() throws Exception {
        engine = new Engine(
                world,
                new MemoryStore(),
                new Place("aws", "us-east-1", "123456789012"),
                resource -> resource.service().equals("states")
                        ? Optional.of(integration)
                        : Optional.empty(),
                _ -> {
                    throw new ReadFailed("no datasets here");
                },
                (_, _, _, _) -> {
                    throw new WriteFailed("no results here");
                },
                Settings.AWS);
        integration = new StartExecutionIntegration(
                engine::executions,
                () -> REQUEST_ID,
                InstantSource.fixed(Instant.parse("2026-05-06T07:08:09Z")));
        machine("echo", """
                {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}""");
        machine("broken", """
                {"StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "Torn", "Cause": "in two"}}}""");
        machine("slow", """
                {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 600, "End": true}}}""");
    }

    @AfterEach
    void shutDown() {
        engine.shutDown();
    }

    @Test
    void aStartedExecutionIsAnsweredInTheEnvelopeOfTheOlderSdk() throws Exception {
        var result = members(integration.call(request("", KEY, """
                {"StateMachineArn": "%sstateMachine:echo", "Name": "one", "Input": {"a": 1}}""".formatted(ARN))));

        Execution started = ended("echo", "one");
        assertEquals(
                List.of("ExecutionArn", "SdkHttpMetadata", "SdkResponseMetadata", "StartDate"),
                List.copyOf(result.keySet()));
        assertEquals(ARN + "execution:echo:one", result.get("ExecutionArn"));
        assertEquals(started.startedAt().toEpochMilli(), result.get("StartDate"));
        assertEquals(Map.of("RequestId", REQUEST_ID.toString()), result.get("SdkResponseMetadata"));
        var headers = (Map<?, ?>) ((Map<?, ?>) result.get("SdkHttpMetadata")).get("HttpHeaders");
        assertEquals("Wed, 6 May 2026 07:08:09 GMT", headers.get("Date"));
        assertEquals("{\"a\":1}", started.output().orElseThrow().text());
    }

    @Test
    void inputIsAnObjectOrTheTextOfOneOrNothing() throws Exception {
        call("one", "\"{\\\"b\\\":2}\"");
        call("two", "null");
        call("three", "[3]");

        assertEquals("{\"b\":2}", ended("echo", "one").input().text());
        assertEquals("{}", ended("echo", "two").input().text());
        assertEquals("[3]", ended("echo", "three").input().text());
    }

    @Test
    void syncGivesTheDescriptionWithInputAndOutputAsStrings() throws Exception {
        Json result = job(".sync", "echo", "one");

        Execution execution = ended("echo", "one");
        assertEquals(
                """
                {"ExecutionArn":"%1$sexecution:echo:one","Input":"{\\"a\\":1}","InputDetails":{"Included":true},\
                "Name":"one","Output":"{\\"a\\":1}","OutputDetails":{"Included":true},"RedriveCount":0,\
                "RedriveStatus":"NOT_REDRIVABLE",\
                "RedriveStatusReason":"Execution is SUCCEEDED and cannot be redriven","StartDate":%2$d,\
                "StateMachineArn":"%1$sstateMachine:echo","Status":"SUCCEEDED","StopDate":%3$d}""".formatted(
                                ARN,
                                execution.startedAt().toEpochMilli(),
                                execution.endedAt().orElseThrow().toEpochMilli()),
                result.text());
    }

    @Test
    void sync2GivesInputAndOutputAsValues() throws Exception {
        var result = members(job(".sync:2", "echo", "one"));

        assertEquals(Map.of("a", 1), result.get("Input"));
        assertEquals(Map.of("a", 1), result.get("Output"));
    }

    @Test
    void theDescriptionNamesTheVersionThatWasStarted() throws Exception {
        engine.definitions()
                .publish(
                        ARN + "stateMachine:echo",
                        Optional.empty(),
                        new Publication(Optional.empty()));

        var result = members(job(".sync", "echo:1", "one"));

        assertEquals(ARN + "stateMachine:echo", result.get("StateMachineArn"));
        assertEquals(ARN + "stateMachine:echo:1", result.get("StateMachineVersionArn"));
        assertFalse(result.containsKey("StateMachineAliasArn"));
    }

    @Test
    void anExecutionWithoutANameHasTheTraceHeaderThatIsGivenOrNone() throws Exception {
        for (String given : List.of("", ", \"TraceHeader\": \"Root=1\"")) {
            var started =
                    members(integration.call(request("", KEY + given, """
                    {"StateMachineArn": "%sstateMachine:echo"%s}""".formatted(ARN, given))));
            Execution execution = engine.executions()
                    .find((String) started.get("ExecutionArn"))
                    .orElseThrow();
            assertEquals(
                    given.isEmpty() ? Optional.empty() : Optional.of("Root=1"),
                    execution.traceHeader());
        }
    }

    @Test
    void aFailedExecutionFailsTheTaskWithItsDescription() {
        var failed = assertThrows(TaskFailed.class, () -> job(".sync", "broken", "one"));

        assertEquals("States.TaskFailed", failed.failure().name());
        var cause =
                (Map<?, ?>) Json.ofText(failed.failure().cause().orElseThrow()).value();
        assertEquals("FAILED", cause.get("Status"));
        assertEquals("Torn", cause.get("Error"));
        assertEquals("in two", cause.get("Cause"));
        assertEquals("{\"a\":1}", cause.get("Input"));
    }

    @Test
    void aMachineThatIsNotThereIsNamed() {
        assertFailure(
                "StepFunctions.StateMachineDoesNotExistException",
                "State Machine Does Not Exist: '%sstateMachine:none' (Service: AWSStepFunctions; Status Code: 400;"
                                .formatted(ARN)
                        + " Error Code: StateMachineDoesNotExist; Request ID: %s; Proxy: null)"
                                .formatted(REQUEST_ID),
                "{\"StateMachineArn\": \"%sstateMachine:none\"}".formatted(ARN));
        assertFailure(
                "StepFunctions.InvalidArnException",
                "Invalid Arn: 'none' (Service: AWSStepFunctions; Status Code: 400; Error Code: InvalidArn;"
                        + " Request ID: %s; Proxy: null)".formatted(REQUEST_ID),
                "{\"StateMachineArn\": \"none\"}");
    }

    @Test
    void aNameThatIsTakenIsRefused() throws Exception {
        call("one", "1");
        ended("echo", "one");

        var failed = assertThrows(
                TaskFailed.class,
                () -> integration.call(request("", KEY + "0", """
                        {"StateMachineArn": "%sstateMachine:echo", "Name": "one", "Input": 1}""".formatted(ARN))));

        assertEquals(
                "StepFunctions.ExecutionAlreadyExistsException",
                failed.failure().name());
    }

    @Test
    void aCallMadeAgainAfterACrashFindsWhatItStarted() throws Exception {
        Json first = call("one", "1");
        ended("echo", "one");
        Json unnamed = integration.call(request("", KEY, """
                {"StateMachineArn": "%sstateMachine:echo"}""".formatted(ARN)));

        assertEquals(
                members(first).get("ExecutionArn"), members(call("one", "1")).get("ExecutionArn"));
        assertEquals(
                members(unnamed).get("ExecutionArn"),
                members(integration.call(request("", KEY, """
                        {"StateMachineArn": "%sstateMachine:echo"}""".formatted(ARN))))
                        .get("ExecutionArn"));
        var all = engine.executions()
                .list(new ExecutionQuery(
                        new ExecutionQuery.Of.Machine(ARN + "stateMachine:echo"),
                        Optional.empty(),
                        10,
                        Optional.empty()));
        assertEquals(2, all.items().size());
    }

    @Test
    void aCancelledJobIsAborted() throws Exception {
        TaskRequest request = request(".sync", KEY, """
                {"StateMachineArn": "%sstateMachine:slow", "Name": "one"}""".formatted(ARN));
        var job = integration.start(request);
        assertEquals(Optional.empty(), integration.poll(job.id(), request));

        integration.cancel(job.id(), request);

        assertEquals(Execution.Status.ABORTED, ended("slow", "one").status());
        assertThrows(TaskFailed.class, () -> integration.poll(job.id(), request));
    }

    @Test
    void parametersAreChecked() {
        assertFailure(
                "States.Runtime",
                "The Parameters '{}' could not be used to start the Task: [The field 'StateMachineArn' is required but"
                        + " was missing]",
                "{}");
        assertFailure(
                "States.Runtime",
                "The Parameters '{\"Machine\":1}' could not be used to start the Task: [The field \"Machine\" is not"
                        + " supported by Step Functions]",
                "{\"Machine\":1}");
    }

    @Test
    void aWholeMachineWaitsForAnother() throws Exception {
        machine("parent", """
                {"StartAt": "A", "States": {"A": {"Type": "Task",
                 "Resource": "arn:aws:states:::states:startExecution.sync:2", "End": true,
                 "Parameters": {"StateMachineArn": "%sstateMachine:echo", "Input": {"deep": true}},
                 "OutputPath": "$.Output"}}}""".formatted(ARN));
        engine.executions()
                .start(new Start(
                        ARN + "stateMachine:parent",
                        Optional.of("p"),
                        Json.EMPTY_OBJECT,
                        Optional.empty()));

        Execution parent = ended("parent", "p");

        assertEquals(Optional.of("{\"deep\":true}"), parent.output().map(Json::text));
    }

    private void machine(String name, String definition) throws Exception {
        engine.definitions()
                .create(new NewMachine(
                        name,
                        Execution.Type.STANDARD,
                        definition,
                        "arn:aws:iam::123456789012:role/r",
                        Json.EMPTY_OBJECT));
    }

    private Json call(String name, String input) throws Exception {
        return integration.call(request("", KEY, """
                {"StateMachineArn": "%sstateMachine:echo", "Name": "%s", "Input": %s}""".formatted(ARN, name, input)));
    }

    private Json job(String pattern, String machine, String name) throws Exception {
        TaskRequest request = request(pattern, KEY, """
                {"StateMachineArn": "%sstateMachine:%s", "Name": "%s", "Input": {"a": 1}}""".formatted(ARN, machine, name));
        var job = integration.start(request);
        assertTrue(members(job.submitted()).containsKey("SdkHttpMetadata"));
        ended(machine.replaceFirst(":.*", ""), name);
        return integration.poll(job.id(), request).orElseThrow();
    }

    private void assertFailure(String error, String cause, String arguments) {
        var failed =
                assertThrows(TaskFailed.class, () -> integration.call(request("", KEY, arguments)));
        assertEquals(error, failed.failure().name());
        assertEquals(cause, failed.failure().cause().orElseThrow());
    }

    private Execution ended(String machine, String name) throws InterruptedException {
        Instant patience = world.now().plus(Duration.ofMinutes(5));
        while (world.now().isBefore(patience)) {
            Optional<Execution> found = engine.executions()
                    .find(ARN + "execution:" + machine + ":" + name)
                    .filter(execution -> execution.status().hasEnded());
            if (found.isPresent()) {
                return found.get();
            }
            world.sleepUntil(world.now().plusMillis(5));
        }
        throw new AssertionError(machine + ":" + name + " has not ended");
    }

    private static TaskRequest request(String pattern, String key, String arguments) {
        TaskResource.Pattern found =
                switch (pattern) {
                    case ".sync" -> TaskResource.Pattern.RUN_A_JOB;
                    case ".sync:2" -> TaskResource.Pattern.RUN_A_JOB_2;
                    default -> TaskResource.Pattern.REQUEST_RESPONSE;
                };
        return new TaskRequest(
                new TaskResource(
                        "arn:aws:states:::states:startExecution" + pattern,
                        "states",
                        "startExecution",
                        found),
                Json.ofText(arguments),
                key,
                ARN + "execution:parent:p",
                Optional.empty(),
                Optional.empty());
    }

    private static Map<?, ?> members(Json json) {
        return (Map<?, ?>) json.value();
    }
}
