package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.ServiceClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Orders of which DynamoDB refuses those of some batches for good, until the fault is lifted.
class RedriveTest {
    private static final int ROWS = 1_000;

    /// First rows of three batches in a hundred.
    private static final List<Integer> REFUSED = List.of(200, 210, 220);

    private static final Pattern NAME = Pattern.compile("\"Name\":\"([^\"]+)\"");

    private static final String MACHINE = """
            {"QueryLanguage": "JSONata", "StartAt": "Orders", "States": {"Orders": {"Type": "Map",
              "Label": "Orders", "End": true, "MaxConcurrency": 5, "ToleratedFailurePercentage": 1,
              "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
                "Arguments": {"Bucket": "orders-in", "Key": "orders.csv"}},
              "ItemBatcher": {"MaxItemsPerBatch": 10},
              "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                "StartAt": "Rows", "States": {"Rows": {"Type": "Map", "End": true, "MaxConcurrency": 10,
                  "Items": "{% $states.input.Items %}",
                  "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Put", "States": {
                    "Put": {"Type": "Task", "End": true, "Resource": "arn:aws:states:::dynamodb:putItem",
                      "Arguments": {"TableName": "orders",
                        "ConditionExpression": "attribute_not_exists(refused)",
                        "Item": {"pk": {"S": "{% $states.input.number %}"},
                          "begun": {"S": "{% $states.context.Execution.StartTime %}"}}}}}}}}},
              "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                "Arguments": {"Bucket": "orders-out", "Prefix": "runs"}}}}}
            """;

    @TempDir
    Path folder;

    @Test
    void aRedriveFinishesTheRunAndTouchesNoRowOfABatchThatSucceeded() throws Exception {
        Path data = folder.resolve("data");
        String execution;
        Map<String, String> stored;
        try (var served = Served.on(data);
                var client = served.client()) {
            execution = begin(client);
            Answer failed = awaitEnd(client, execution);
            assertEquals("States.ExceedToleratedFailureThreshold", failed.text("error"));
            Answer run = mapRun(client, execution);
            Answer items = run.object("itemCounts");
            assertEquals(ROWS, items.number("total"));
            assertEquals(
                    ROWS,
                    items.number("succeeded") + items.number("failed") + items.number("pending"));
            assertEquals(Optional.empty(), items.findReal("pendingRedrive"));
            stored = rowsOfSuccesses(client, run);
            assertEquals(items.number("succeeded"), stored.size());

            for (int row : REFUSED) {
                client.dynamoDb("DeleteItem", Map.of("TableName", "orders", "Key", key(row)));
            }
            client.states("RedriveExecution", Map.of("executionArn", execution));
            served.kill();
        }
        try (var served = Served.on(data);
                var client = served.client()) {
            Answer ended = awaitEnd(client, execution);
            assertEquals("SUCCEEDED", ended.text("status"), ended.toString());
            assertEquals(1, ended.number("redriveCount"));
            Answer run = mapRun(client, execution);
            assertEquals(1, run.number("redriveCount"));
            assertEquals(ROWS, run.object("itemCounts").number("succeeded"));
            assertEquals(ROWS, run.object("itemCounts").number("total"));
            Map<String, String> rows = rows(client);
            assertEquals(ROWS, rows.size());
            stored.forEach((number, row) -> assertEquals(row, rows.get(number)));
            assertEquals(ROWS / 10, resultNames(client, ended));
            assertEquals(0, served.stop());
        }
    }

    private String begin(ServiceClient client) throws Exception {
        Path file = folder.resolve("orders.csv");
        Files.writeString(
                file,
                "number\n"
                        + IntStream.range(0, ROWS)
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining("\n")));
        client.makeBucket("orders-in");
        client.makeBucket("orders-out");
        client.putObject("orders-in", "orders.csv", file);
        client.dynamoDb(
                "CreateTable",
                Map.of(
                        "TableName",
                        "orders",
                        "BillingMode",
                        "PAY_PER_REQUEST",
                        "AttributeDefinitions",
                        List.of(Map.of("AttributeName", "pk", "AttributeType", "S")),
                        "KeySchema",
                        List.of(Map.of("AttributeName", "pk", "KeyType", "HASH"))));
        for (int row : REFUSED) {
            var item = new TreeMap<String, Object>(key(row));
            item.put("refused", Map.of("BOOL", true));
            client.dynamoDb("PutItem", Map.of("TableName", "orders", "Item", item));
        }
        String machine = client.states(
                        "CreateStateMachine",
                        Map.of(
                                "name",
                                "orders",
                                "definition",
                                MACHINE,
                                "roleArn",
                                "arn:aws:iam::123456789012:role/r"))
                .text("stateMachineArn");
        return client.states("StartExecution", Map.of("stateMachineArn", machine))
                .text("executionArn");
    }

    private static Map<String, Object> key(int row) {
        return Map.of("pk", Map.of("S", Integer.toString(row)));
    }

    private static Answer awaitEnd(ServiceClient client, String execution) throws Exception {
        while (true) {
            Answer answer = client.states("DescribeExecution", Map.of("executionArn", execution));
            if (!answer.text("status").equals("RUNNING")) {
                return answer;
            }
            Thread.sleep(100);
        }
    }

    private static Answer mapRun(ServiceClient client, String execution) throws Exception {
        List<Answer> runs =
                client.states("ListMapRuns", Map.of("executionArn", execution)).objects("mapRuns");
        assertEquals(1, runs.size());
        return client.states(
                "DescribeMapRun", Map.of("mapRunArn", runs.getFirst().text("mapRunArn")));
    }

    /// What the table has of the batches that succeeded, by number.
    private static Map<String, String> rowsOfSuccesses(ServiceClient client, Answer run)
            throws Exception {
        var all = rows(client);
        var successes = new TreeMap<String, String>();
        List<Answer> children = client.states(
                        "ListExecutions",
                        Map.of("mapRunArn", run.text("mapRunArn"), "statusFilter", "SUCCEEDED"))
                .objects("executions");
        for (Answer child : children) {
            Answer described = client.states(
                    "DescribeExecution", Map.of("executionArn", child.text("executionArn")));
            for (Answer item : Answer.of(Json.parse(described.text("input"))).objects("Items")) {
                successes.put(item.text("number"), all.get(item.text("number")));
            }
        }
        return successes;
    }

    private static Map<String, String> rows(ServiceClient client) throws Exception {
        var rows = new TreeMap<String, String>();
        Map<String, Object> page = Map.of("TableName", "orders");
        while (true) {
            Answer answer = client.dynamoDb("Scan", page);
            answer.objects("Items")
                    .forEach(item -> rows.put(
                            item.object("pk").text("S"), Json.of(item.members()).text()));
            Optional<Answer> last = answer.findObject("LastEvaluatedKey");
            if (last.isEmpty()) {
                return rows;
            }
            page = Map.of("TableName", "orders", "ExclusiveStartKey", last.get().members());
        }
    }

    /// How many children stand in the result files of both generations, each of them once.
    private static long resultNames(ServiceClient client, Answer ended) throws Exception {
        String key = Answer.of(Json.parse(ended.text("output")))
                .object("ResultWriterDetails")
                .text("Key");
        assertEquals("Redrive-1/manifest.json", key.substring(key.indexOf("Redrive")));
        Answer files = Answer.of(Json.parse(object(client, key))).object("ResultFiles");
        assertEquals(List.of(), files.objects("FAILED"));
        assertEquals(List.of(), files.objects("PENDING"));
        assertEquals(2, files.objects("SUCCEEDED").size());
        var names = new TreeMap<String, Integer>();
        for (Answer file : files.objects("SUCCEEDED")) {
            NAME.matcher(object(client, file.text("Key")))
                    .results()
                    .forEach(name -> names.merge(name.group(1), 1, Integer::sum));
        }
        assertEquals(
                names.size(),
                names.values().stream().mapToInt(Integer::intValue).sum());
        return names.size();
    }

    private static String object(ServiceClient client, String key) throws Exception {
        return new String(client.getObject("orders-out", key), StandardCharsets.UTF_8);
    }
}
