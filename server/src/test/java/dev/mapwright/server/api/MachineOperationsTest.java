package dev.mapwright.server.api;

import static dev.mapwright.server.api.Api.ORDERS;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// Configuration, tags, and what describing leaves out.
class MachineOperationsTest {
    private static final String MACHINE = "{'stateMachineArn': '" + ORDERS + "'}";
    private static final String RESOURCE = "{'resourceArn': '" + ORDERS + "'}";
    private static final String LOG_GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:g:*";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aMachineCreatedWithoutConfigurationShowsTheDefaults() throws Exception {
        api.create("a", "");

        var machine = api.call("DescribeStateMachine", MACHINE);

        assertEquals(
                Map.of("level", "OFF", "includeExecutionData", false),
                machine.get("loggingConfiguration"));
        assertEquals(Map.of("enabled", false), machine.get("tracingConfiguration"));
        assertEquals(Map.of("type", "AWS_OWNED_KEY"), machine.get("encryptionConfiguration"));
    }

    @Test
    void configurationIsShownAsGivenAndReplacedMemberByMember() throws Exception {
        api.create(
                "a",
                ", 'loggingConfiguration': {'level': 'ALL', 'destinations':"
                        + " [{'cloudWatchLogsLogGroup': {'logGroupArn': '%s'}}]}"
                                .formatted(LOG_GROUP));
        api.call(
                "UpdateStateMachine",
                "{'stateMachineArn': '%s', 'tracingConfiguration': {'enabled': true}}"
                        .formatted(ORDERS));

        var machine = api.call("DescribeStateMachine", MACHINE);

        assertEquals(
                Map.of(
                        "level",
                        "ALL",
                        "includeExecutionData",
                        false,
                        "destinations",
                        List.of(Map.of(
                                "cloudWatchLogsLogGroup", Map.of("logGroupArn", LOG_GROUP)))),
                machine.get("loggingConfiguration"));
        assertEquals(Map.of("enabled", true), machine.get("tracingConfiguration"));
    }

    @Test
    void loggingNeedsADestination() {
        assertEquals(
                "InvalidLoggingConfiguration: Invalid Logging Configuration:"
                        + " Must specify exactly one Log Destination.",
                creationRefused("'loggingConfiguration': {'level': 'ERROR'}"));
        assertEquals(
                "ValidationException: 1 validation error detected: Value 'LOUD' at"
                        + " 'loggingConfiguration.level' failed to satisfy constraint: Member must"
                        + " satisfy enum value set: [ALL, ERROR, FATAL, OFF]",
                creationRefused("'loggingConfiguration': {'level': 'LOUD'}"));
    }

    @Test
    void aCustomerManagedKeyIsNamedAndKept() throws Exception {
        assertEquals(
                "InvalidEncryptionConfiguration: Invalid Encryption Configuration:"
                        + " The type CUSTOMER_MANAGED_KMS_KEY needs a kmsKeyId.",
                creationRefused("'encryptionConfiguration': {'type': 'CUSTOMER_MANAGED_KMS_KEY'}"));
        api.create(
                "a",
                ", 'encryptionConfiguration': {'type': 'CUSTOMER_MANAGED_KMS_KEY', 'kmsKeyId': 'alias/k'}");

        assertEquals(
                Map.of(
                        "type",
                        "CUSTOMER_MANAGED_KMS_KEY",
                        "kmsKeyId",
                        "alias/k",
                        "kmsDataKeyReusePeriodSeconds",
                        300),
                api.call("DescribeStateMachine", MACHINE).get("encryptionConfiguration"));
    }

    @Test
    void anUpdateOfNothingIsRefused() throws Exception {
        api.create("a", "");

        assertEquals(
                "MissingRequiredParameter: Either the definition, the role ARN, the"
                        + " LoggingConfiguration, or the TracingConfiguration must be specified",
                api.refusal("UpdateStateMachine", MACHINE));
    }

    @Test
    void aLabelledMapStateIsDescribedByItsProcessor() throws Exception {
        api.call("CreateStateMachine", """
                {'name': 'orders', 'roleArn': '%s', 'definition': '{
                  \\'StartAt\\': \\'M\\', \\'States\\': {\\'M\\': {\\'Type\\': \\'Map\\', \\'Label\\': \\'L\\', \\'End\\': true,
                    \\'ItemProcessor\\': {
                      \\'ProcessorConfig\\': {\\'Mode\\': \\'DISTRIBUTED\\', \\'ExecutionType\\': \\'EXPRESS\\'},
                      \\'StartAt\\': \\'P\\', \\'States\\': {\\'P\\': {\\'Type\\': \\'Pass\\', \\'End\\': true}}}}}}'}""".formatted(Api.ROLE).replace("\n", " "));

        var processor =
                api.call("DescribeStateMachine", "{'stateMachineArn': '%s/L'}".formatted(ORDERS));

        assertEquals(ORDERS + "/L", processor.get("stateMachineArn"));
        assertEquals("L", processor.get("label"));
        assertEquals(
                "{'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}}".replace('\'', '"'),
                processor.get("definition"));
        assertEquals(
                "StateMachineDoesNotExist: State Machine Does Not Exist: '%s/N'".formatted(ORDERS),
                api.refusal(
                        "DescribeStateMachine", "{'stateMachineArn': '%s/N'}".formatted(ORDERS)));
    }

    @Test
    void metadataAloneHaveNoDefinition() throws Exception {
        api.create("a", "");

        assertEquals(
                "{}",
                api.call(
                                "DescribeStateMachine",
                                "{'stateMachineArn': '%s', 'includedData': 'METADATA_ONLY'}"
                                        .formatted(ORDERS))
                        .get("definition"));
    }

    @Test
    void variablesAreListedByTheStateThatReadsThem() throws Exception {
        api.call(
                "CreateStateMachine",
                "{'name': 'orders', 'roleArn': '%s', 'definition': '%s'}"
                        .formatted(
                                Api.ROLE,
                                "{'StartAt':'A','States':{'A':{'Type':'Pass','Assign':{'x':1},'Next':'B'},"
                                                .replace("'", "\\'")
                                        + "'B':{'Type':'Pass','OutputPath':'$x','End':true}}}"
                                                .replace("'", "\\'")));

        assertEquals(
                Map.of("B", List.of("x")),
                api.call("DescribeStateMachine", MACHINE).get("variableReferences"));
    }

    @Test
    void tagsAreSetReplacedAndTakenAway() throws Exception {
        api.create("a", ", 'tags': [{'key': 'team', 'value': 'blue'}]");
        api.call(
                "TagResource",
                "{'resourceArn': '%s', 'tags': [{'key': 'cost', 'value': ''}, {'key': 'team', 'value': 'red'}]}"
                        .formatted(ORDERS));

        assertEquals(
                List.of(Map.of("key", "team", "value", "red"), Map.of("key", "cost", "value", "")),
                api.list("ListTagsForResource", RESOURCE, "tags"));

        api.call(
                "UntagResource",
                "{'resourceArn': '%s', 'tagKeys': ['team', 'none']}".formatted(ORDERS));
        assertEquals(
                List.of(Map.of("key", "cost", "value", "")),
                api.list("ListTagsForResource", RESOURCE, "tags"));
    }

    @Test
    void tagsGoWithTheirMachine() throws Exception {
        api.create("a", ", 'tags': [{'key': 'team', 'value': 'blue'}]");
        api.call("DeleteStateMachine", MACHINE);

        assertEquals(
                "ResourceNotFound: Resource not found: '%s'".formatted(ORDERS),
                api.refusal("ListTagsForResource", RESOURCE));
        api.create("a", "");
        assertEquals(List.of(), api.list("ListTagsForResource", RESOURCE, "tags"));
    }

    @Test
    void aVersionHasNoTags() throws Exception {
        api.create("a", ", 'publish': true");

        assertEquals(
                "ResourceNotFound: Resource not found: '%s:1'".formatted(ORDERS),
                api.refusal(
                        "TagResource",
                        "{'resourceArn': '%s:1', 'tags': [{'key': 'k', 'value': 'v'}]}"
                                .formatted(ORDERS)));
    }

    @Test
    void thereAreFiftyTagsAtMost() throws Exception {
        api.create("a", "");
        var tags = new StringBuilder();
        for (int i = 0; i < 51; i++) {
            tags.append(i == 0 ? "" : ", ").append("{'key': 'k%d', 'value': 'v'}".formatted(i));
        }

        assertEquals(
                "TooManyTags: A resource has at most 50 tags, and '%s' would have 51."
                        .formatted(ORDERS),
                api.refusal(
                        "TagResource",
                        "{'resourceArn': '%s', 'tags': [%s]}".formatted(ORDERS, tags)));
    }

    @Test
    void theFirstRevisionHasNoId() throws Exception {
        api.create("a", "");
        assertFalse(api.call("DescribeStateMachine", MACHINE).containsKey("revisionId"));

        Object revision = api.call(
                        "UpdateStateMachine",
                        "{'stateMachineArn': '%s', 'definition': %s}"
                                .formatted(ORDERS, Api.definition("b")))
                .get("revisionId");
        assertEquals(revision, api.call("DescribeStateMachine", MACHINE).get("revisionId"));
    }

    private String creationRefused(String member) {
        return api.refusal(
                "CreateStateMachine",
                "{'name': 'orders', 'roleArn': '%s', 'definition': %s, %s}"
                        .formatted(Api.ROLE, Api.definition("a"), member));
    }
}
