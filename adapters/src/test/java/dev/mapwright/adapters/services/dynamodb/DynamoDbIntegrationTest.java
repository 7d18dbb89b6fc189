package dev.mapwright.adapters.services.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.StoreUnavailable;
import dev.mapwright.adapters.tables.local.Account;
import dev.mapwright.adapters.tables.local.Tables;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class DynamoDbIntegrationTest {
    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000007");

    @TempDir
    Path folder;

    private KeyValueStore store;
    private TaskIntegration optimized;
    private TaskIntegration sdk;

    @BeforeEach
    void open() throws StoreUnavailable, TaskFailed, InterruptedException {
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-05-06T07:08:09Z"));
        var tables = new Tables(store, new Account("us-east-1", "123456789012"), clock);
        optimized = new DynamoDbIntegration(tables, () -> ID, clock);
        sdk = new DynamoDbSdkIntegration(tables, () -> ID);
        call(sdk, "createTable", """
                {"TableName": "Things", "BillingMode": "PAY_PER_REQUEST",
                 "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                 "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}""");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anOptimizedResultCarriesTheEnvelopeOfTheHttpAnswer() throws Exception {
        assertEquals("""
                {"SdkHttpMetadata":{"AllHttpHeaders":{"Connection":["keep-alive"],"Content-Length":["2"],\
                "Content-Type":["application/x-amz-json-1.0"],"Date":["Wed, 6 May 2026 07:08:09 GMT"],\
                "Server":["Server"],"x-amz-crc32":["2745614147"],\
                "x-amzn-RequestId":["00000000-0000-0000-0000-000000000007"]},\
                "HttpHeaders":{"Connection":"keep-alive","Content-Length":"2",\
                "Content-Type":"application/x-amz-json-1.0","Date":"Wed, 6 May 2026 07:08:09 GMT",\
                "Server":"Server","x-amz-crc32":"2745614147",\
                "x-amzn-RequestId":"00000000-0000-0000-0000-000000000007"},"HttpStatusCode":200},\
                "SdkResponseMetadata":{"RequestId":"00000000-0000-0000-0000-000000000007"}}""", call(optimized, "putItem", """
                        {"TableName": "Things", "Item": {"id": {"S": "a"}}}""").text());
    }

    @Test
    void anSdkResultHasNoEnvelope() throws Exception {
        assertEquals("{}", call(sdk, "putItem", """
                {"TableName": "Things", "Item": {"id": {"S": "a"}, "data": {"S": "x"}}}""").text());
        assertEquals("""
                {"Items":[{"id":{"S":"a"},"data":{"S":"x"}}],"Count":1,"ScannedCount":1}""", call(sdk, "query", """
                        {"TableName": "Things", "KeyConditionExpression": "id = :id",
                         "ExpressionAttributeValues": {":id": {"S": "a"}}}""").text());
    }

    @Test
    void sdkTimesAreIsoAndBinariesAreText() throws Exception {
        var table = (Map<?, ?>) ((Map<?, ?>) call(sdk, "describeTable", """
                {"TableName": "Things"}""").value()).get("Table");
        assertEquals("2026-05-06T07:08:09Z", table.get("CreationDateTime"));
        call(sdk, "putItem", """
                {"TableName": "Things", "Item": {"id": {"S": "a"}, "B": {"B": "grün"}}}""");
        assertEquals("""
                {"Item":{"id":{"S":"a"},"B":{"B":"grün"}}}""", call(sdk, "getItem", """
                {"TableName": "Things", "Key": {"id": {"S": "a"}}}""").text());
    }

    @Test
    void errorsAreNamedAsEachSdkNamesThem() {
        String request = """
                {"TableName": "nowhere", "Item": {"id": {"S": "a"}}}""";
        assertFailure(
                "DynamoDB.ResourceNotFoundException",
                "Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; Error Code:"
                        + " ResourceNotFoundException; Request ID: 00000000-0000-0000-0000-000000000007; Proxy: null)",
                optimized,
                "putItem",
                request);
        assertFailure(
                "DynamoDb.ResourceNotFoundException",
                "Requested resource not found (Service: DynamoDb, Status Code: 400, Request ID:"
                        + " 00000000-0000-0000-0000-000000000007)",
                sdk,
                "putItem",
                request);
    }

    @Test
    void errorsWithoutAClassOfTheirOwnTakeTheGeneralName() {
        String request = """
                {"TableName": "Things", "Item": null}""";
        assertFailure(
                "DynamoDB.AmazonDynamoDBException",
                "1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null"
                        + " (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ValidationException; Request ID:"
                        + " 00000000-0000-0000-0000-000000000007; Proxy: null)",
                optimized,
                "putItem",
                request);
        assertFailure(
                "DynamoDb.DynamoDbException",
                "1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null"
                        + " (Service: DynamoDb, Status Code: 400, Request ID: 00000000-0000-0000-0000-000000000007)",
                sdk,
                "putItem",
                request);
    }

    @Test
    void aNumberWhereAStringBelongsNeverBecomesACall() {
        assertFailure(
                "States.Runtime",
                "The Parameters '{\"TableName\":\"Things\",\"Item\":{\"id\":{\"S\":\"a\"},"
                        + "\"n\":{\"N\":5}}}' could not be used to start the Task: [The value for the field 'N' must be a"
                        + " STRING]",
                optimized,
                "putItem",
                "{\"TableName\":\"Things\",\"Item\":{\"id\":{\"S\":\"a\"},\"n\":{\"N\":5}}}");
    }

    private static void assertFailure(
            String error,
            String cause,
            TaskIntegration integration,
            String action,
            String arguments) {
        TaskFailed failed =
                assertThrows(TaskFailed.class, () -> call(integration, action, arguments));
        assertEquals(error, failed.failure().name());
        assertEquals(Optional.of(cause), failed.failure().cause());
    }

    private static Json call(TaskIntegration integration, String action, String arguments)
            throws TaskFailed, InterruptedException {
        var resource =
                new TaskResource("arn", "dynamodb", action, TaskResource.Pattern.REQUEST_RESPONSE);
        return integration.call(new TaskRequest(
                resource,
                Json.ofText(arguments),
                "key",
                "execution",
                Optional.empty(),
                Optional.empty()));
    }
}
