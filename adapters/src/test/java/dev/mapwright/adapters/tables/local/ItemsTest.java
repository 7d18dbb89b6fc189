package dev.mapwright.adapters.tables.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

class ItemsTest extends TableFixture {
    @BeforeEach
    void table() throws InterruptedException {
        createSimple();
    }

    @Test
    void aStoredItemIsReadBackWithItsNumbersNormalised() throws Exception {
        assertAnswer("{}", call("PutItem", """
                {"TableName": "Simple", "Item": {"id": {"S": "a"}, "n": {"N": "1.500"}, "e": {"N": "1E3"},
                  "b": {"B": "AAEC"}, "t": {"BOOL": true}, "z": {"NULL": true}, "l": {"L": [{"S": ""}, {"M": {}}]},
                  "ss": {"SS": ["x", "y"]}, "ns": {"NS": ["2.0", "1"]}, "bs": {"BS": ["AA=="]}}}"""));
        assertAnswer("""
                {"Item": {"id": {"S": "a"}, "n": {"N": "1.5"}, "e": {"N": "1000"}, "b": {"B": "AAEC"},
                  "t": {"BOOL": true}, "z": {"NULL": true}, "l": {"L": [{"S": ""}, {"M": {}}]},
                  "ss": {"SS": ["x", "y"]}, "ns": {"NS": ["2", "1"]}, "bs": {"BS": ["AA=="]}}}""", call("GetItem", """
                        {"TableName": "Simple", "Key": {"id": {"S": "a"}}, "ConsistentRead": true}"""));
    }

    @Test
    void anItemThatIsNotThereIsAnEmptyAnswer() throws Exception {
        assertAnswer("{}", call("GetItem", """
                {"TableName": "Simple", "Key": {"id": {"S": "nobody"}}}"""));
    }

    @Test
    void itemsAndTallySurviveARestart() throws Exception {
        put("a", "1");
        put("b", "2");
        put("a", "3");
        reopen();
        assertAnswer("""
                {"Item": {"id": {"S": "a"}, "v": {"N": "3"}}}""", get("a"));
        var table = object(call("DescribeTable", """
                {"TableName": "Simple"}""").text()).get("Table");
        assertEquals(2, ((Number) ((Map<?, ?>) table).get("ItemCount")).intValue());
    }

    @Test
    void aFailedConditionChangesNothingAndShowsTheItemWhenAsked() throws Exception {
        put("a", "1");
        var refusal = refused("PutItem", """
                {"TableName": "Simple", "Item": {"id": {"S": "a"}}, "ConditionExpression": "attribute_not_exists(id)",
                 "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}""");
        assertEquals("ConditionalCheckFailedException", refusal.code());
        assertEquals("The conditional request failed", refusal.getMessage());
        assertEquals(
                "{\"Item\":{\"id\":{\"S\":\"a\"},\"v\":{\"N\":\"1\"}}}",
                Json.of(refusal.extra()).text());
        assertAnswer("""
                {"Item": {"id": {"S": "a"}, "v": {"N": "1"}}}""", get("a"));
    }

    @Test
    void deletingReturnsTheOldItem() throws Exception {
        put("a", "1");
        assertAnswer("""
                {"Attributes": {"id": {"S": "a"}, "v": {"N": "1"}}}""", call("DeleteItem", """
                {"TableName": "Simple", "Key": {"id": {"S": "a"}}, "ReturnValues": "ALL_OLD"}"""));
        assertAnswer("{}", get("a"));
    }

    @Test
    void updatingMakesTheItemAndReturnsWhatChanged() throws Exception {
        String request = """
                {"TableName": "Simple", "Key": {"id": {"S": "a"}}, "UpdateExpression": "ADD #n :one SET tag = :t",
                 "ExpressionAttributeNames": {"#n": "count"},
                 "ExpressionAttributeValues": {":one": {"N": "1"}, ":t": {"S": "x"}}, "ReturnValues": "%s"}""";
        assertAnswer("""
                {"Attributes": {"count": {"N": "1"}, "tag": {"S": "x"}}}""", call("UpdateItem", request.formatted("UPDATED_NEW")));
        assertAnswer("""
                {"Attributes": {"count": {"N": "1"}, "tag": {"S": "x"}}}""", call("UpdateItem", request.formatted("UPDATED_OLD")));
        assertAnswer("""
                {"Attributes": {"id": {"S": "a"}, "count": {"N": "3"}, "tag": {"S": "x"}}}""", call("UpdateItem", request.formatted("ALL_NEW")));
    }

    @Test
    void manyWritersOfOneCounterLoseNoUpdate() throws Exception {
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                writers.submit(() -> call("UpdateItem", """
                        {"TableName": "Simple", "Key": {"id": {"S": "hot"}}, "UpdateExpression": "ADD v :one",
                         "ExpressionAttributeValues": {":one": {"N": "1"}}}"""));
            }
        }
        assertAnswer("""
                {"Item": {"id": {"S": "hot"}, "v": {"N": "500"}}}""", get("hot"));
    }

    @Test
    void onlyOneOfManyConditionalWritersWins() throws Exception {
        var wins = new AtomicInteger();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                writers.submit(() -> {
                    call("PutItem", """
                            {"TableName": "Simple", "Item": {"id": {"S": "once"}},
                             "ConditionExpression": "attribute_not_exists(id)"}""");
                    return wins.incrementAndGet();
                });
            }
        }
        assertEquals(1, wins.get());
    }

    @Test
    void keysMustFitTheSchema() {
        assertRefused("The provided key element does not match the schema", "GetItem", """
                {"TableName": "Simple", "Key": {"id": {"N": "1"}}}""");
        assertRefused(
                "One or more parameter values were invalid: Missing the key id in the item",
                "PutItem",
                """
                {"TableName": "Simple", "Item": {"other": {"S": "x"}}}""");
        assertRefused(
                "One or more parameter values were invalid: Type mismatch for key id expected: S actual: N",
                "PutItem",
                """
                {"TableName": "Simple", "Item": {"id": {"N": "1"}}}""");
        assertRefused(
                "One or more parameter values were invalid: The AttributeValue for a key attribute cannot contain"
                        + " an empty string value. Key: id",
                "PutItem",
                """
                {"TableName": "Simple", "Item": {"id": {"S": ""}}}""");
        assertRefused(
                "One or more parameter values were invalid: Cannot update attribute id. This attribute is part of"
                        + " the key",
                "UpdateItem",
                """
                {"TableName": "Simple", "Key": {"id": {"S": "a"}}, "UpdateExpression": "REMOVE id"}""");
    }

    @Test
    void anItemMayHave400KilobytesAndNoMore() throws Exception {
        String item = """
                {"TableName": "Simple", "Item": {"id": {"S": "a"}, "v": {"S": "%s"}}}""";
        call("PutItem", item.formatted("x".repeat(400 * 1024 - 4)));
        assertRefused(
                "Item size has exceeded the maximum allowed size",
                "PutItem",
                item.formatted("x".repeat(400 * 1024 - 3)));
    }

    @Test
    void aMissingItemIsNamedAsAwsDoes() {
        assertRefused(
                "1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not"
                        + " be null",
                "PutItem",
                """
                {"TableName": "Simple", "Item": null}""");
    }

    @Test
    void legacyParametersAreRefusedByName() {
        assertRefused(
                "The legacy parameter 'Expected' of PutItem is not supported by Mapwright's DynamoDB: use"
                        + " expressions instead",
                "PutItem",
                """
                {"TableName": "Simple", "Item": {"id": {"S": "a"}}, "Expected": {}}""");
    }

    @Test
    void anUnknownTableIsNotFound() {
        var refusal = refused("PutItem", """
                {"TableName": "nowhere", "Item": {"id": {"S": "a"}}}""");
        assertEquals("ResourceNotFoundException", refusal.code());
        assertEquals("Requested resource not found", refusal.getMessage());
    }

    @Test
    void consumedCapacityCountsKilobytes() throws Exception {
        assertAnswer("""
                {"ConsumedCapacity": {"TableName": "Simple", "CapacityUnits": 3.0}}""", call("PutItem", """
                {"TableName": "Simple", "Item": {"id": {"S": "a"}, "v": {"S": "%s"}},
                 "ReturnConsumedCapacity": "TOTAL"}""".formatted("x".repeat(2100))));
    }

    private void put(String id, String value) throws InterruptedException {
        call("PutItem", """
                {"TableName": "Simple", "Item": {"id": {"S": "%s"}, "v": {"N": "%s"}}}""".formatted(id, value));
    }

    private Json get(String id) throws InterruptedException {
        return call("GetItem", """
                {"TableName": "Simple", "Key": {"id": {"S": "%s"}}}""".formatted(id));
    }
}
