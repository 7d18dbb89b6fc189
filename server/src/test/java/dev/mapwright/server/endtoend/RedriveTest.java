package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.client.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Orders of which DynamoDB refuses those of some batches for good, until the fault is lifted.
class RedriveTest {
    private static final int ROWS = 1_000;

    /// First rows of three batches in a hundred.
    private static final List<Integer> REFUSED = List.of(200, 210, 220);

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
            var preparation = new Preparation(client);
            execution = begin(preparation);
            Answer failed = preparation.awaitEnd(execution);
            assertEquals("States.ExceedToleratedFailureThreshold", failed.text("error"));
            Answer run = preparation.mapRun(execution).orElseThrow();
            Answer items = run.object("itemCounts");
            assertEquals(ROWS, items.number("total"));
            assertEquals(
                    ROWS,
                    items.number("succeeded") + items.number("failed") + items.number("pending"));
            assertEquals(Optional.of(0.0), items.findReal("pendingRedrive"));
            stored = rowsOfSuccesses(preparation, run);
            assertEquals(items.number("succeeded"), stored.size());

            for (int row : REFUSED) {
                client.dynamoDb("DeleteItem", Map.of("TableName", "orders", "Key", key(row)));
            }
            client.states("RedriveExecution", Map.of("executionArn", execution));
            served.kill();
        }
        try (var served = Served.on(data);
                var client = served.client()) {
            var preparation = new Preparation(client);
            Answer ended = preparation.awaitEnd(execution);
            assertEquals("SUCCEEDED", ended.text("status"), ended.toString());
            assertEquals(1, ended.number("redriveCount"));
            Answer run = preparation.mapRun(execution).orElseThrow();
            assertEquals(1, run.number("redriveCount"));
            assertEquals(ROWS, run.object("itemCounts").number("succeeded"));
            assertEquals(ROWS, run.object("itemCounts").number("total"));
            Map<String, String> rows = rows(preparation);
            assertEquals(ROWS, rows.size());
            stored.forEach((number, row) -> assertEquals(row, rows.get(number)));
            assertEquals(ROWS / 10, children(preparation, ended));
            assertEquals(0, served.stop());
        }
    }

    private String begin(Preparation preparation) throws Exception {
        preparation.rows("orders-in", "orders.csv", ROWS, folder);
        preparation.client().makeBucket("orders-out");
        preparation.table("orders");
        for (int row : REFUSED) {
            var item = new TreeMap<String, Object>(key(row));
            item.put("refused", Map.of("BOOL", true));
            preparation.client().dynamoDb("PutItem", Map.of("TableName", "orders", "Item", item));
        }
        return preparation.start(preparation.machine("orders", MACHINE));
    }

    private static Map<String, Object> key(int row) {
        return Map.of("pk", Map.of("S", Integer.toString(row)));
    }

    /// What the table has of the batches that succeeded, by number.
    private static Map<String, String> rowsOfSuccesses(Preparation preparation, Answer run)
            throws Exception {
        var all = rows(preparation);
        var successes = new TreeMap<String, String>();
        List<Answer> children = preparation
                .client()
                .states(
                        "ListExecutions",
                        Map.of("mapRunArn", run.text("mapRunArn"), "statusFilter", "SUCCEEDED"))
                .objects("executions");
        for (Answer child : children) {
            Answer described = preparation
                    .client()
                    .states(
                            "DescribeExecution",
                            Map.of("executionArn", child.text("executionArn")));
            for (Answer item : Answer.of(Json.parse(described.text("input"))).objects("Items")) {
                successes.put(item.text("number"), all.get(item.text("number")));
            }
        }
        return successes;
    }

    private static Map<String, String> rows(Preparation preparation) throws Exception {
        var rows = new TreeMap<String, String>();
        preparation
                .items("orders")
                .forEach(item -> rows.put(
                        item.object("pk").text("S"), Json.of(item.members()).text()));
        return rows;
    }

    /// How many children stand in the result files of both generations, each of them once.
    private static long children(Preparation preparation, Answer ended) throws Exception {
        String key = Answer.of(Json.parse(ended.text("output")))
                .object("ResultWriterDetails")
                .text("Key");
        assertEquals("Redrive-1/manifest.json", key.substring(key.indexOf("Redrive")));
        Answer files = preparation.json("orders-out", key).object("ResultFiles");
        assertEquals(List.of(), files.objects("FAILED"));
        assertEquals(List.of(), files.objects("PENDING"));
        assertEquals(2, files.objects("SUCCEEDED").size());
        return preparation.children("orders-out", files.objects("SUCCEEDED"));
    }
}
