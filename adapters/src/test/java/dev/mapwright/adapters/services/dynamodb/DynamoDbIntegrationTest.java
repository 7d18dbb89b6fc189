package dev.mapwright.adapters.services.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.StoreUnavailable;
import dev.mapwright.adapters.tables.local.Account;
import dev.mapwright.adapters.tables.local.Tables;
import dev.mapwright.adapters.tables.local.item.TableException;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class DynamoDbIntegrationTest {
    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000007");

    @TempDir
    Path folder;

    private KeyValueStore store;
    private TaskIntegration optimized;

    @BeforeEach
    void open() throws StoreUnavailable, TableException, InterruptedException {
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-05-06T07:08:09Z"));
        var tables = new Tables(store, new Account("us-east-1", "123456789012"), clock);
        optimized = new DynamoDbIntegration(tables, () -> ID, clock);
        tables.call(
                "CreateTable",
                Map.of(
                        "TableName",
                        "Things",
                        "BillingMode",
                        "PAY_PER_REQUEST",
                        "AttributeDefinitions",
                        List.of(Map.of("AttributeName", "id", "AttributeType", "S")),
                        "KeySchema",
                        List.of(Map.of("AttributeName", "id", "KeyType", "HASH"))));
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
                "SdkResponseMetadata":{"RequestId":"00000000-0000-0000-0000-000000000007"}}""", call("putItem", """
                        {"TableName": "Things", "Item": {"id": {"S": "a"}}}""").text());
    }

    @Test
    void errorsAreNamedAsTheOlderSdkNamesThem() {
        String request = """
                {"TableName": "nowhere", "Item": {"id": {"S": "a"}}}""";
        assertFailure(
                "DynamoDB.ResourceNotFoundException",
                "Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; Error Code:"
                        + " ResourceNotFoundException; Request ID: 00000000-0000-0000-0000-000000000007; Proxy: null)",
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
                "putItem",
                "{\"TableName\":\"Things\",\"Item\":{\"id\":{\"S\":\"a\"},\"n\":{\"N\":5}}}");
    }

    private void assertFailure(String error, String cause, String action, String arguments) {
        TaskFailed failed = assertThrows(TaskFailed.class, () -> call(action, arguments));
        assertEquals(error, failed.failure().name());
        assertEquals(Optional.of(cause), failed.failure().cause());
    }

    private Json call(String action, String arguments) throws TaskFailed, InterruptedException {
        var resource =
                new TaskResource("arn", "dynamodb", action, TaskResource.Pattern.REQUEST_RESPONSE);
        return optimized.call(new TaskRequest(
                resource,
                Json.ofText(arguments),
                "key",
                "execution",
                Optional.empty(),
                Optional.empty()));
    }
}
