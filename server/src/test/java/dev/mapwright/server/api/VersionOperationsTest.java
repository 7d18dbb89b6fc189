package dev.mapwright.server.api;

import static dev.mapwright.server.api.Api.ORDERS;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class VersionOperationsTest {
    private static final String MACHINE = "{'stateMachineArn': '" + ORDERS + "'}";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aMachineCanBePublishedWhenItIsCreated() throws Exception {
        var created = api.create("a", ", 'publish': true, 'versionDescription': 'the first'");

        assertEquals(ORDERS + ":1", created.get("stateMachineVersionArn"));
        var version =
                api.call("DescribeStateMachine", "{'stateMachineArn': '%s:1'}".formatted(ORDERS));
        assertEquals(ORDERS + ":1", version.get("stateMachineArn"));
        assertEquals("the first", version.get("description"));
        assertFalse(api.call("DescribeStateMachine", MACHINE).containsKey("description"));
    }

    @Test
    void creatingAgainGivesTheSameVersionAndOtherwiseIsRefused() throws Exception {
        var first = api.create("a", ", 'publish': true");

        assertEquals(first, api.create("a", ", 'publish': true"));
        assertEquals(
                "StateMachineAlreadyExists: State Machine Already Exists: '%s'".formatted(ORDERS),
                api.refusal(
                        "CreateStateMachine",
                        "{'name': 'orders', 'roleArn': '%s', 'definition': %s}"
                                .formatted(Api.ROLE, Api.definition("a"))));
    }

    @Test
    void aDescriptionNeedsAPublication() {
        assertEquals(
                "ValidationException: Version description can only be set when publish is true",
                api.refusal(
                        "CreateStateMachine",
                        "{'name': 'orders', 'roleArn': '%s', 'definition': %s, 'versionDescription': 'd'}"
                                .formatted(Api.ROLE, Api.definition("a"))));
    }

    @Test
    void anUnchangedRevisionIsPublishedOnce() throws Exception {
        api.create("a", "");

        var version = api.call("PublishStateMachineVersion", MACHINE);

        assertEquals(ORDERS + ":1", version.get("stateMachineVersionArn"));
        assertEquals(version, api.call("PublishStateMachineVersion", MACHINE));
        assertEquals(
                List.of(version),
                api.list("ListStateMachineVersions", MACHINE, "stateMachineVersions"));
    }

    @Test
    void anUpdateThatChangesNothingKeepsRevisionAndVersion() throws Exception {
        api.create("a", "");
        String same = "{'stateMachineArn': '%s', 'definition': %s, 'publish': true}"
                .formatted(ORDERS, Api.definition("a"));

        var first = api.call("UpdateStateMachine", same);

        assertFalse(first.containsKey("revisionId"));
        assertEquals(ORDERS + ":1", first.get("stateMachineVersionArn"));
        assertEquals(first, api.call("UpdateStateMachine", same));
    }

    @Test
    void onlyTheCurrentRevisionIsPublished() throws Exception {
        api.create("a", "");
        Object current = update("b").get("revisionId");

        assertEquals(
                "ConflictException: Failed to publish the State Machine version for revision INITIAL."
                        + " The current State Machine revision is %s.".formatted(current),
                api.refusal(
                        "PublishStateMachineVersion",
                        "{'stateMachineArn': '%s', 'revisionId': 'INITIAL'}".formatted(ORDERS)));
        assertEquals(
                ORDERS + ":1",
                api.call(
                                "PublishStateMachineVersion",
                                "{'stateMachineArn': '%s', 'revisionId': '%s'}"
                                        .formatted(ORDERS, current))
                        .get("stateMachineVersionArn"));
    }

    @Test
    void aNumberIsNeverGivenOutAgain() throws Exception {
        api.create("a", ", 'publish': true");

        api.call(
                "DeleteStateMachineVersion",
                "{'stateMachineVersionArn': '%s:1'}".formatted(ORDERS));

        assertEquals(
                ORDERS + ":2",
                api.call("PublishStateMachineVersion", MACHINE).get("stateMachineVersionArn"));
    }

    @Test
    void versionsAreListedNewestFirstPageByPage() throws Exception {
        api.create("a", ", 'publish': true");
        for (String result : List.of("b", "c")) {
            update(result);
            api.call("PublishStateMachineVersion", MACHINE);
        }

        var page = api.call(
                "ListStateMachineVersions",
                "{'stateMachineArn': '%s', 'maxResults': 2}".formatted(ORDERS));
        var rest = api.call(
                "ListStateMachineVersions",
                "{'stateMachineArn': '%s', 'nextToken': '%s'}"
                        .formatted(ORDERS, page.get("nextToken")));

        assertEquals(List.of(ORDERS + ":3", ORDERS + ":2"), arns(page));
        assertEquals(List.of(ORDERS + ":1"), arns(rest));
        assertFalse(rest.containsKey("nextToken"));
    }

    @Test
    void anExecutionOfAVersionRunsItsRevisionAndIsListedUnderIt() throws Exception {
        api.create("a", ", 'publish': true");
        update("b");

        Object execution = api.call(
                        "StartExecution", "{'stateMachineArn': '%s:1'}".formatted(ORDERS))
                .get("executionArn");
        api.call("StartExecution", MACHINE);

        var described =
                api.call("DescribeExecution", "{'executionArn': '%s'}".formatted(execution));
        assertEquals(ORDERS, described.get("stateMachineArn"));
        assertEquals(ORDERS + ":1", described.get("stateMachineVersionArn"));
        assertFalse(described.containsKey("stateMachineAliasArn"));
        var machine = api.call(
                "DescribeStateMachineForExecution", "{'executionArn': '%s'}".formatted(execution));
        assertTrue(((String) machine.get("definition")).contains("\"Result\":\"a\""));
        List<?> listed = api.list(
                "ListExecutions", "{'stateMachineArn': '%s:1'}".formatted(ORDERS), "executions");
        assertEquals(1, listed.size());
        assertEquals(execution, ((Map<?, ?>) listed.getFirst()).get("executionArn"));
        assertEquals(2, api.list("ListExecutions", MACHINE, "executions").size());
    }

    @Test
    void aVersionThatIsNotThereCannotBeUsed() throws Exception {
        api.create("a", "");
        String version = "{'stateMachineArn': '%s:1'}".formatted(ORDERS);
        String missing =
                "StateMachineDoesNotExist: State Machine Does Not Exist: '%s:1'".formatted(ORDERS);

        for (String operation :
                List.of("StartExecution", "DescribeStateMachine", "ListExecutions")) {
            assertEquals(missing, api.refusal(operation, version));
        }
    }

    @Test
    void aVersionCannotBeUpdated() throws Exception {
        api.create("a", ", 'publish': true");

        assertEquals(
                "StateMachineDoesNotExist: State Machine Does Not Exist: '%s:1'".formatted(ORDERS),
                api.refusal(
                        "UpdateStateMachine",
                        "{'stateMachineArn': '%s:1', 'roleArn': '%s2'}"
                                .formatted(ORDERS, Api.ROLE)));
    }

    @Test
    void deletingAMachineDeletesItsVersions() throws Exception {
        api.create("a", ", 'publish': true");
        api.call("DeleteStateMachine", MACHINE);

        api.create("a", "");

        assertEquals(
                List.of(), api.list("ListStateMachineVersions", MACHINE, "stateMachineVersions"));
        assertEquals(
                ORDERS + ":1",
                api.call("PublishStateMachineVersion", MACHINE).get("stateMachineVersionArn"));
    }

    private Map<String, Object> update(String result) throws Exception {
        return api.call(
                "UpdateStateMachine",
                "{'stateMachineArn': '%s', 'definition': %s}"
                        .formatted(ORDERS, Api.definition(result)));
    }

    private static List<Object> arns(Map<String, Object> page) {
        return ((List<?>) page.get("stateMachineVersions"))
                .stream()
                        .<Object>map(item -> ((Map<?, ?>) item).get("stateMachineVersionArn"))
                        .toList();
    }
}
