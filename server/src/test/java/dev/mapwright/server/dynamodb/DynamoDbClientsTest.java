package dev.mapwright.server.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.StoreUnavailable;
import dev.mapwright.adapters.tables.local.Account;
import dev.mapwright.adapters.tables.local.Tables;
import dev.mapwright.server.clients.JavaClients;
import dev.mapwright.server.http.Endpoint;
import dev.mapwright.server.http.PortUnavailable;
import dev.mapwright.server.http.Services;
import dev.mapwright.testkit.clients.MachineClients;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/// Real clients against the wire protocol, over a loopback port.
class DynamoDbClientsTest {
    @TempDir
    Path folder;

    private KeyValueStore store;
    private Endpoint endpoint;

    @BeforeEach
    void open() throws StoreUnavailable, PortUnavailable {
        store = KeyValueStore.open(folder.resolve("data"), KeyValueStore.Durability.OS);
        var tables =
                new Tables(store, new Account("us-east-1", "123456789012"), InstantSource.system());
        endpoint = Endpoint.open(
                "127.0.0.1",
                0,
                new Services(Map.of("dynamodb", new DynamoDbHandler(tables, UUID::randomUUID))));
    }

    @AfterEach
    void close() {
        endpoint.close();
        store.close();
    }

    @Test
    void theJavaSdkWritesAndReadsItems() {
        try (DynamoDbClient client = javaClient()) {
            createTable(client);
            client.putItem(request -> request.tableName("Orders")
                    .item(Map.of(
                            "pk", AttributeValue.fromS("a"), "sk", AttributeValue.fromN("1"))));
            AttributeValue stored = client.getItem(request -> request.tableName("Orders")
                            .key(Map.of(
                                    "pk",
                                    AttributeValue.fromS("a"),
                                    "sk",
                                    AttributeValue.fromN("1.0"))))
                    .item()
                    .get("sk");
            assertEquals("1", stored.n());
            assertEquals(
                    TableStatus.ACTIVE,
                    client.describeTable(request -> request.tableName("Orders"))
                            .table()
                            .tableStatus());
        }
    }

    @Test
    void theJavaSdkRecognizesErrors() {
        try (DynamoDbClient client = javaClient()) {
            createTable(client);
            assertThrows(
                    ResourceNotFoundException.class,
                    () -> client.deleteTable(request -> request.tableName("Nowhere")));
            assertThrows(
                    ConditionalCheckFailedException.class,
                    () -> client.deleteItem(request -> request.tableName("Orders")
                            .key(Map.of(
                                    "pk",
                                    AttributeValue.fromS("a"),
                                    "sk",
                                    AttributeValue.fromN("1")))
                            .conditionExpression("attribute_exists(pk)")));
            var invalid = assertThrows(
                    DynamoDbException.class,
                    () -> client.scan(request -> request.tableName("Orders")
                            .filterExpression("name = :x")
                            .expressionAttributeValues(Map.of(":x", AttributeValue.fromS("y")))));
            assertEquals("ValidationException", invalid.awsErrorDetails().errorCode());
            assertEquals(
                    "Invalid FilterExpression: Attribute name is a reserved keyword; reserved keyword: name",
                    invalid.awsErrorDetails().errorMessage());
            var cancelled = assertThrows(
                    TransactionCanceledException.class,
                    () -> client.transactWriteItems(
                            request -> request.transactItems(TransactWriteItem.builder()
                                    .conditionCheck(check -> check.tableName("Orders")
                                            .key(Map.of(
                                                    "pk",
                                                    AttributeValue.fromS("a"),
                                                    "sk",
                                                    AttributeValue.fromN("1")))
                                            .conditionExpression("attribute_exists(pk)"))
                                    .build())));
            assertEquals(
                    "ConditionalCheckFailed",
                    cancelled.cancellationReasons().getFirst().code());
        }
    }

    @Test
    void theJavaSdkPagesThroughSegments() {
        try (DynamoDbClient client = javaClient()) {
            createTable(client);
            for (int i = 0; i < 40; i++) {
                String key = "p" + i;
                client.putItem(request -> request.tableName("Orders")
                        .item(Map.of(
                                "pk", AttributeValue.fromS(key), "sk", AttributeValue.fromN("0"))));
            }
            long found = 0;
            for (int segment = 0; segment < 3; segment++) {
                int index = segment;
                found += client
                        .scanPaginator(request -> request.tableName("Orders")
                                .limit(7)
                                .segment(index)
                                .totalSegments(3))
                        .items()
                        .stream()
                        .count();
            }
            assertEquals(40, found);
        }
    }

    @Test
    void boto3UsesTableResources() throws Exception {
        String said = machine().boto3("""
                import boto3
                from decimal import Decimal
                from boto3.dynamodb.conditions import Attr, Key
                from botocore.exceptions import ClientError

                tables = boto3.resource("dynamodb")
                table = tables.create_table(TableName="Readings", BillingMode="PAY_PER_REQUEST",
                    AttributeDefinitions=[{"AttributeName": "device", "AttributeType": "S"},
                                          {"AttributeName": "at", "AttributeType": "N"}],
                    KeySchema=[{"AttributeName": "device", "KeyType": "HASH"},
                               {"AttributeName": "at", "KeyType": "RANGE"}])
                table.wait_until_exists()
                with table.batch_writer() as batch:
                    for at in range(60):
                        batch.put_item(Item={"device": "d1", "at": at, "value": Decimal("0.5") * at, "raw": b"\\x00\\xff"})
                found = table.query(KeyConditionExpression=Key("device").eq("d1") & Key("at").between(-1, 9),
                                    FilterExpression=Attr("value").gt(3), ScanIndexForward=False)
                assert [int(item["at"]) for item in found["Items"]] == [9, 8, 7], found
                assert found["ScannedCount"] == 10
                assert found["Items"][0]["raw"].value == b"\\x00\\xff"
                changed = table.update_item(Key={"device": "d1", "at": 3}, ReturnValues="ALL_NEW",
                    UpdateExpression="SET tags = list_append(if_not_exists(tags, :none), :more)",
                    ExpressionAttributeValues={":none": [], ":more": ["x", {"deep": True}]})
                assert changed["Attributes"]["tags"] == ["x", {"deep": True}], changed
                try:
                    table.put_item(Item={"device": "d1", "at": 3}, ConditionExpression=Attr("device").not_exists())
                    raise AssertionError("the condition should have failed")
                except ClientError as error:
                    assert error.response["Error"] == {"Code": "ConditionalCheckFailedException",
                        "Message": "The conditional request failed"}, error.response
                assert table.scan(Select="COUNT")["Count"] == 60
                table.delete()
                table.wait_until_not_exists()
                """);
        assertEquals("", said);
    }

    @Test
    void theAwsCliTalksToTheTables() throws Exception {
        machine()
                .aws(
                        "dynamodb",
                        "create-table",
                        "--table-name",
                        "Shell",
                        "--billing-mode",
                        "PAY_PER_REQUEST",
                        "--attribute-definitions",
                        "AttributeName=id,AttributeType=S",
                        "--key-schema",
                        "AttributeName=id,KeyType=HASH");
        machine()
                .aws(
                        "dynamodb",
                        "put-item",
                        "--table-name",
                        "Shell",
                        "--item",
                        "{\"id\":{\"S\":\"a\"}}");
        assertEquals(
                "a\n",
                machine()
                        .aws(
                                "dynamodb",
                                "scan",
                                "--table-name",
                                "Shell",
                                "--query",
                                "Items[].id.S",
                                "--output",
                                "text"));
        assertEquals(
                "Shell\n",
                machine()
                        .aws(
                                "dynamodb",
                                "list-tables",
                                "--query",
                                "TableNames",
                                "--output",
                                "text"));
    }

    private DynamoDbClient javaClient() {
        return new JavaClients(endpoint.uri()).make(DynamoDbClient.builder());
    }

    private static void createTable(DynamoDbClient client) {
        client.createTable(request -> request.tableName("Orders")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute ->
                                attribute.attributeName("pk").attributeType(ScalarAttributeType.S),
                        attribute ->
                                attribute.attributeName("sk").attributeType(ScalarAttributeType.N))
                .keySchema(
                        key -> key.attributeName("pk").keyType(KeyType.HASH),
                        key -> key.attributeName("sk").keyType(KeyType.RANGE)));
    }

    private MachineClients machine() {
        return new MachineClients(endpoint.uri(), folder);
    }
}
