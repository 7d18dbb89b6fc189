package dev.mapwright.server.api;

import static dev.mapwright.server.api.Api.ORDERS;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class AliasOperationsTest {
    private static final String PROD = "{'stateMachineAliasArn': '" + ORDERS + ":PROD'}";
    private static final String ALL_TO_1 = route(1, 100);

    private final Api api = new Api();

    @BeforeEach
    void publishTwoVersions() throws Exception {
        api.create("a", ", 'publish': true");
        api.call(
                "UpdateStateMachine",
                "{'stateMachineArn': '%s', 'definition': %s, 'publish': true}"
                        .formatted(ORDERS, Api.definition("b")));
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void anAliasIsDescribedAsItWasCreated() throws Exception {
        create("PROD", ", 'description': 'live'", route(1, 10), route(2, 90));

        var alias = api.call("DescribeStateMachineAlias", PROD);

        assertEquals(ORDERS + ":PROD", alias.get("stateMachineAliasArn"));
        assertEquals("PROD", alias.get("name"));
        assertEquals("live", alias.get("description"));
        assertEquals(
                List.of(
                        Map.of("stateMachineVersionArn", ORDERS + ":1", "weight", 10),
                        Map.of("stateMachineVersionArn", ORDERS + ":2", "weight", 90)),
                alias.get("routingConfiguration"));
        assertEquals(alias.get("creationDate"), alias.get("updateDate"));
    }

    @Test
    void anExecutionCarriesTheAliasAndTheVersionItLedTo() throws Exception {
        create("PROD", "", route(1, 0), route(2, 100));

        Object execution = api.call(
                        "StartExecution", "{'stateMachineArn': '%s:PROD'}".formatted(ORDERS))
                .get("executionArn");

        var described =
                api.call("DescribeExecution", "{'executionArn': '%s'}".formatted(execution));
        assertEquals(ORDERS + ":2", described.get("stateMachineVersionArn"));
        assertEquals(ORDERS + ":PROD", described.get("stateMachineAliasArn"));
        var started = (Map<?, ?>) api.list(
                        "GetExecutionHistory",
                        "{'executionArn': '%s'}".formatted(execution),
                        "events")
                .getFirst();
        var details = (Map<?, ?>) started.get("executionStartedEventDetails");
        assertEquals(ORDERS + ":PROD", details.get("stateMachineAliasArn"));
        assertEquals(ORDERS + ":2", details.get("stateMachineVersionArn"));
        for (String arn : List.of(ORDERS + ":PROD", ORDERS + ":2")) {
            String request = "{'stateMachineArn': '%s'}".formatted(arn);
            assertEquals(1, api.list("ListExecutions", request, "executions").size());
        }
        assertEquals(
                List.of(),
                api.list(
                        "ListExecutions",
                        "{'stateMachineArn': '%s:1'}".formatted(ORDERS),
                        "executions"));
    }

    @Test
    void creatingAgainIsIdempotentUnlessSomethingDiffers() throws Exception {
        var first = create("PROD", "", ALL_TO_1);

        assertEquals(first, create("PROD", "", ALL_TO_1));
        assertEquals(
                "ConflictException: Failed to create alias because an alias with the same name and"
                        + " a different routing configuration already exists.",
                refusal("PROD", route(2, 100)));
    }

    @Test
    void anUpdateKeepsWhatItDoesNotName() throws Exception {
        create("PROD", ", 'description': 'live'", ALL_TO_1);

        api.call(
                "UpdateStateMachineAlias",
                "{'stateMachineAliasArn': '%s:PROD', 'routingConfiguration': [%s]}"
                        .formatted(ORDERS, route(2, 100)));

        var alias = api.call("DescribeStateMachineAlias", PROD);
        assertEquals("live", alias.get("description"));
        assertEquals(
                List.of(Map.of("stateMachineVersionArn", ORDERS + ":2", "weight", 100)),
                alias.get("routingConfiguration"));
    }

    @Test
    void routesAreCheckedAsAwsDoes() {
        assertEquals(
                "ValidationException: Sum of routing configuration weights must equal 100. Received: [70, 29]",
                refusal("PROD", route(1, 70), route(2, 29)));
        assertEquals(
                "ValidationException: Routing configuration must contain distinct state machine version ARNs."
                        + " Received: [%1$s:1, %1$s:1]".formatted(ORDERS),
                refusal("PROD", route(1, 50), route(1, 50)));
        assertEquals(
                "ValidationException: 1 validation error detected: Value '101' at"
                        + " 'routingConfiguration.1.member.weight' failed to satisfy constraint:"
                        + " Member must have value less than or equal to 100",
                refusal("PROD", route(1, 101)));
        assertEquals(
                "ResourceNotFound: Request references a resource that does not exist.",
                refusal("PROD", route(7, 100)));
    }

    @Test
    void aNameOfDigitsWouldBeAVersion() {
        assertEquals(
                "ValidationException: 1 validation error detected: Value '12' at 'name' failed to satisfy"
                        + " constraint: Member must satisfy regular expression pattern:"
                        + " ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$",
                refusal("12", ALL_TO_1));
    }

    @Test
    void aVersionInUseCannotBeDeleted() throws Exception {
        create("PROD", "", ALL_TO_1);
        create("TEST", "", ALL_TO_1);
        String first = "{'stateMachineVersionArn': '%s:1'}".formatted(ORDERS);

        assertEquals(
                "ConflictException: Version to be deleted must not be referenced by an alias."
                        + " Current list of aliases referencing this version: [PROD, TEST]",
                api.refusal("DeleteStateMachineVersion", first));
        api.call("DeleteStateMachineAlias", PROD);
        api.call("DeleteStateMachineAlias", PROD.replace("PROD", "TEST"));
        assertEquals(Map.of(), api.call("DeleteStateMachineVersion", first));
    }

    @Test
    void aliasesAreListedByNameOfAMachineOrOfAVersion() throws Exception {
        create("c", "", ALL_TO_1);
        create("a", "", ALL_TO_1);
        create("b", "", route(2, 100));

        var page = api.call(
                "ListStateMachineAliases",
                "{'stateMachineArn': '%s', 'maxResults': 2}".formatted(ORDERS));
        assertEquals(List.of(ORDERS + ":a", ORDERS + ":b"), arns(page));
        var rest = api.call(
                "ListStateMachineAliases",
                "{'stateMachineArn': '%s', 'nextToken': '%s'}"
                        .formatted(ORDERS, page.get("nextToken")));
        assertEquals(List.of(ORDERS + ":c"), arns(rest));
        assertFalse(rest.containsKey("nextToken"));
        assertEquals(
                List.of(ORDERS + ":a", ORDERS + ":c"),
                arns(api.call(
                        "ListStateMachineAliases",
                        "{'stateMachineArn': '%s:1'}".formatted(ORDERS))));
    }

    @Test
    void aDeletedAliasIsGone() throws Exception {
        create("PROD", "", ALL_TO_1);
        api.call("DeleteStateMachineAlias", PROD);

        assertEquals(Map.of(), api.call("DeleteStateMachineAlias", PROD));
        assertEquals(
                "ResourceNotFound: Request references a resource that does not exist.",
                api.refusal("DescribeStateMachineAlias", PROD));
        assertEquals(
                "StateMachineDoesNotExist: State Machine Does Not Exist: '%s:PROD'"
                        .formatted(ORDERS),
                api.refusal("StartExecution", "{'stateMachineArn': '%s:PROD'}".formatted(ORDERS)));
    }

    private static String route(int version, int weight) {
        return "{'stateMachineVersionArn': '%s:%d', 'weight': %d}"
                .formatted(ORDERS, version, weight);
    }

    private Map<String, Object> create(String name, String others, String... routes)
            throws Exception {
        return api.call("CreateStateMachineAlias", creation(name, others, routes));
    }

    private String refusal(String name, String... routes) {
        return api.refusal("CreateStateMachineAlias", creation(name, "", routes));
    }

    private static String creation(String name, String others, String... routes) {
        return "{'name': '%s', 'routingConfiguration': [%s]%s}"
                .formatted(name, String.join(", ", routes), others);
    }

    private static List<Object> arns(Map<String, Object> page) {
        return ((List<?>) page.get("stateMachineAliases"))
                .stream()
                        .<Object>map(item -> ((Map<?, ?>) item).get("stateMachineAliasArn"))
                        .toList();
    }
}
