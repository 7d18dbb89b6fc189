package dev.mapwright.adapters.tables.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

class QueriesTest extends TableFixture {
    @Test
    void aQueryReadsOnePartitionInTheOrderOfItsSortKeys() throws Exception {
        createSorted();
        for (String at : List.of("10", "-5", "2", "0.5", "-10")) {
            put("a", at);
            put("b", at);
        }
        assertEquals(List.of("-10", "-5", "0.5", "2", "10"), sortKeys("id = :a", ""));
        assertEquals(
                List.of("10", "2", "0.5", "-5", "-10"),
                sortKeys("id = :a", ", \"ScanIndexForward\": false"));
        assertEquals(List.of("0.5", "2"), sortKeys("id = :a AND pos BETWEEN :zero AND :two", ""));
        assertEquals(List.of("10"), sortKeys("pos > :two AND id = :a", ""));
        assertEquals(List.of("2", "10"), sortKeys("pos >= :two AND id = :a", ""));
        assertEquals(List.of("-10", "-5", "0.5"), sortKeys("id = :a AND pos < :two", ""));
        assertEquals(List.of("2"), sortKeys("id = :a AND pos = :two", ""));
    }

    @Test
    void pagesFollowEachOtherInBothDirections() throws Exception {
        createSorted();
        for (int at = 0; at < 10; at++) {
            put("a", Integer.toString(at));
        }
        assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), pages(true));
        assertEquals(List.of("9", "8", "7", "6", "5", "4", "3", "2", "1", "0"), pages(false));
    }

    @Test
    void aFilterComesAfterTheLimit() throws Exception {
        createSorted();
        put("a", "1");
        put("a", "2");
        assertAnswer("""
                {"Items": [], "Count": 0, "ScannedCount": 1, "LastEvaluatedKey": {"id": {"S": "a"}, "pos": {"N": "1"}}}""", call("Query", """
                        {"TableName": "Sorted", "KeyConditionExpression": "id = :a", "Limit": 1,
                         "FilterExpression": "v = :two",
                         "ExpressionAttributeValues": {":a": {"S": "a"}, ":two": {"S": "2"}}}"""));
    }

    @Test
    void aPageEndsAfterOneMegabyte() throws Exception {
        createSorted();
        for (int at = 0; at < 4; at++) {
            call("PutItem", """
                    {"TableName": "Sorted", "Item": {"id": {"S": "a"}, "pos": {"N": "%d"}, "v": {"S": "%s"}}}""".formatted(at, "x".repeat(390 * 1024)));
        }
        Map<String, Object> page = object(call("Scan", """
                {"TableName": "Sorted", "ProjectionExpression": "id"}""").text());
        assertEquals(3, page.get("Count"));
        assertEquals(
                Map.of("id", Map.of("S", "a"), "pos", Map.of("N", "2")),
                page.get("LastEvaluatedKey"));
    }

    @Test
    void segmentsTogetherAreTheTable() throws Exception {
        createSimple();
        for (int i = 0; i < 100; i++) {
            call("PutItem", """
                    {"TableName": "Simple", "Item": {"id": {"S": "item-%d"}}}""".formatted(i));
        }
        var seen = new HashSet<Object>();
        int count = 0;
        for (int segment = 0; segment < 7; segment++) {
            Map<String, Object> page =
                    object(call("Scan", """
                    {"TableName": "Simple", "Segment": %d, "TotalSegments": 7}""".formatted(segment)).text());
            count += (Integer) page.get("Count");
            seen.addAll((List<?>) page.get("Items"));
        }
        assertEquals(100, count);
        assertEquals(100, seen.size());
    }

    @Test
    void aGlobalIndexFollowsItsItems() throws Exception {
        createIndexed();
        putOrder("o1", "OPEN", "2");
        putOrder("o2", "OPEN", "1");
        putOrder("o3", "SHIPPED", "3");
        assertEquals(List.of("o2", "o1"), byStatus("OPEN"));
        putOrder("o2", "SHIPPED", "1");
        call("DeleteItem", """
                {"TableName": "Orders", "Key": {"id": {"S": "o3"}}}""");
        assertEquals(List.of("o1"), byStatus("OPEN"));
        assertEquals(List.of("o2"), byStatus("SHIPPED"));
        call("UpdateItem", """
                {"TableName": "Orders", "Key": {"id": {"S": "o2"}}, "UpdateExpression": "REMOVE price"}""");
        assertEquals(List.of(), byStatus("SHIPPED"));
    }

    @Test
    void anIndexKeepsWhatItsProjectionSays() throws Exception {
        createIndexed();
        putOrder("o1", "OPEN", "2");
        assertAnswer("""
                {"Items": [{"id": {"S": "o1"}, "orderStatus": {"S": "OPEN"}, "price": {"N": "2"}}], "Count": 1,
                 "ScannedCount": 1}""", call("Scan", """
                {"TableName": "Orders", "IndexName": "byStatus"}"""));
    }

    @Test
    void anIndexKeyOfAnotherTypeIsRefused() throws Exception {
        createIndexed();
        assertRefused(
                "One or more parameter values were invalid: Type mismatch for Index Key price Expected: N Actual: S"
                        + " IndexName: byStatus",
                "PutItem",
                """
                {"TableName": "Orders", "Item": {"id": {"S": "o1"}, "price": {"S": "much"}}}""");
    }

    @Test
    void queriesAreRefusedInDynamoDbsWords() throws Exception {
        createSorted();
        assertRefused(
                "Query condition missed key schema element: id", "Query", query("pos = :two"));
        assertRefused("Query key condition not supported", "Query", query("id > :a"));
        assertRefused(
                "Invalid operator used in KeyConditionExpression: OR",
                "Query",
                query("id = :a OR pos = :two"));
        assertRefused(
                "One or more parameter values were invalid: Condition parameter type does not match schema type",
                "Query",
                query("id = :two"));
        assertRefused(
                "Query condition missed key schema element: pos",
                "Query",
                query("id = :a AND another = :two"));
        assertRefused(
                "The table does not have the specified index: nope",
                "Query",
                query("id = :a")
                        .replace("{\"TableName\"", "{\"IndexName\": \"nope\", \"TableName\""));
    }

    private static String query(String condition) {
        String values = condition.contains(":a")
                ? condition.contains(":two")
                        ? "\":a\": {\"S\": \"a\"}, \":two\": {\"N\": \"2\"}"
                        : "\":a\": {\"S\": \"a\"}"
                : "\":two\": {\"N\": \"2\"}";
        return "{\"TableName\": \"Sorted\", \"KeyConditionExpression\": \"%s\", \"ExpressionAttributeValues\": {%s}}"
                .formatted(condition, values);
    }

    private void put(String id, String at) throws InterruptedException {
        call("PutItem", """
                {"TableName": "Sorted", "Item": {"id": {"S": "%s"}, "pos": {"N": "%s"}, "v": {"S": "%2$s"}}}""".formatted(id, at));
    }

    private List<Object> sortKeys(String condition, String more) throws InterruptedException {
        var values = new ArrayList<String>();
        for (var value : Map.of(
                        ":a", "{\"S\": \"a\"}", ":two", "{\"N\": \"2\"}", ":zero", "{\"N\": \"0\"}")
                .entrySet()) {
            if (condition.contains(value.getKey())) {
                values.add("\"%s\": %s".formatted(value.getKey(), value.getValue()));
            }
        }
        return sortKeys(call("Query", """
                {"TableName": "Sorted", "KeyConditionExpression": "%s", "ExpressionAttributeValues": {%s}%s}""".formatted(condition, String.join(", ", values), more)));
    }

    private static List<Object> sortKeys(Json answer) {
        return ((List<?>) object(answer.text()).get("Items"))
                .stream()
                        .map(item -> ((Map<?, ?>) ((Map<?, ?>) item).get("pos")).get("N"))
                        .map(Object.class::cast)
                        .toList();
    }

    private List<Object> pages(boolean forward) throws InterruptedException {
        var found = new ArrayList<Object>();
        String start = "";
        do {
            Json page = call("Query", """
                    {"TableName": "Sorted", "KeyConditionExpression": "id = :a", "Limit": 3, "ScanIndexForward": %s,
                     "ExpressionAttributeValues": {":a": {"S": "a"}}%s}""".formatted(forward, start));
            found.addAll(sortKeys(page));
            Object last = object(page.text()).get("LastEvaluatedKey");
            start = last == null
                    ? ""
                    : ", \"ExclusiveStartKey\": " + Json.of(last).text();
        } while (!start.isEmpty());
        return found;
    }

    private void createIndexed() throws InterruptedException {
        call("CreateTable", """
                {"TableName": "Orders", "BillingMode": "PAY_PER_REQUEST",
                 "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"},
                                          {"AttributeName": "orderStatus", "AttributeType": "S"},
                                          {"AttributeName": "price", "AttributeType": "N"}],
                 "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                 "GlobalSecondaryIndexes": [{"IndexName": "byStatus", "Projection": {"ProjectionType": "KEYS_ONLY"},
                   "KeySchema": [{"AttributeName": "orderStatus", "KeyType": "HASH"},
                                 {"AttributeName": "price", "KeyType": "RANGE"}]}]}""");
    }

    private void putOrder(String id, String status, String price) throws InterruptedException {
        call("PutItem", """
                {"TableName": "Orders", "Item": {"id": {"S": "%s"}, "orderStatus": {"S": "%s"}, "price": {"N": "%s"},
                  "more": {"S": "x"}}}""".formatted(id, status, price));
    }

    private List<Object> byStatus(String status) throws InterruptedException {
        Json answer = call("Query", """
                {"TableName": "Orders", "IndexName": "byStatus", "KeyConditionExpression": "orderStatus = :s",
                 "ExpressionAttributeValues": {":s": {"S": "%s"}}}""".formatted(status));
        return ((List<?>) object(answer.text()).get("Items"))
                .stream()
                        .map(item -> ((Map<?, ?>) ((Map<?, ?>) item).get("id")).get("S"))
                        .map(Object.class::cast)
                        .toList();
    }
}
