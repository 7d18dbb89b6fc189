package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.CallFailed;
import dev.mapwright.server.client.ServiceClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The process is killed in the middle of a map run, and started again on the same folder.
class RecoveryTest {
    private static final int ROWS = 100_000;

    private static final Pattern NAME = Pattern.compile("\"Name\":\"([^\"]+)\"");

    private static final String MACHINE = """
            {"StartAt": "Each", "States": {"Each": {"Type": "Map", "Label": "Each", "End": true,
              "MaxConcurrency": 100,
              "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
                "Parameters": {"Bucket": "rows-in", "Key": "rows.csv"}},
              "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "Put", "States": {"Put": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:states:::dynamodb:putItem",
                  "Parameters": {"TableName": "rows", "Item": {"pk": {"S.$": "$.number"}}}}}},
              "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                "Parameters": {"Bucket": "rows-in", "Prefix": "results"}}}}}
            """;

    @TempDir
    Path folder;

    @Test
    void everyRowIsThereOnceAndTheLedgerBalances() throws Exception {
        Path data = folder.resolve("data");
        String execution;
        try (var served = Served.on(data);
                var client = served.client()) {
            execution = begin(client);
            awaitSome(client, execution);
            served.kill();
        }
        try (var served = Served.on(data);
                var client = served.client()) {
            Answer ended = awaitEnd(client, execution);
            assertEquals("SUCCEEDED", ended.text("status"), ended.toString());
            Answer items = mapRun(client, execution).object("itemCounts");
            assertEquals(ROWS, items.number("total"));
            assertEquals(ROWS, items.number("succeeded"));
            assertEquals(0, items.number("pending") + items.number("running"));
            assertEquals(ROWS, tableItems(client));
            assertEquals(ROWS, results(client, ended));
            assertEquals(0, served.stop());
        }
    }

    private String begin(ServiceClient client) throws Exception {
        Path file = folder.resolve("rows.csv");
        Files.writeString(
                file,
                "number\n"
                        + IntStream.range(0, ROWS)
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining("\n")));
        client.makeBucket("rows-in");
        client.putObject("rows-in", "rows.csv", file);
        client.dynamoDb(
                "CreateTable",
                Map.of(
                        "TableName",
                        "rows",
                        "BillingMode",
                        "PAY_PER_REQUEST",
                        "AttributeDefinitions",
                        List.of(Map.of("AttributeName", "pk", "AttributeType", "S")),
                        "KeySchema",
                        List.of(Map.of("AttributeName", "pk", "KeyType", "HASH"))));
        String machine = client.states(
                        "CreateStateMachine",
                        Map.of(
                                "name",
                                "rows",
                                "definition",
                                MACHINE,
                                "roleArn",
                                "arn:aws:iam::123456789012:role/r"))
                .text("stateMachineArn");
        return client.states("StartExecution", Map.of("stateMachineArn", machine))
                .text("executionArn");
    }

    private static void awaitSome(ServiceClient client, String execution) throws Exception {
        while (true) {
            List<Answer> runs = client.states("ListMapRuns", Map.of("executionArn", execution))
                    .objects("mapRuns");
            if (!runs.isEmpty()
                    && mapRun(client, execution).object("itemCounts").number("succeeded")
                            > ROWS / 10) {
                return;
            }
            Thread.sleep(10);
        }
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
        String arn = client.states("ListMapRuns", Map.of("executionArn", execution))
                .objects("mapRuns")
                .getFirst()
                .text("mapRunArn");
        return client.states("DescribeMapRun", Map.of("mapRunArn", arn));
    }

    private static String object(ServiceClient client, String key) throws Exception {
        return new String(client.getObject("rows-in", key), StandardCharsets.UTF_8);
    }

    private static long tableItems(ServiceClient client) throws CallFailed, InterruptedException {
        long items = 0;
        Map<String, Object> page = Map.of("TableName", "rows", "Select", "COUNT");
        while (true) {
            Answer answer = client.dynamoDb("Scan", page);
            items += answer.number("Count");
            Optional<Answer> last = answer.findObject("LastEvaluatedKey");
            if (last.isEmpty()) {
                return items;
            }
            page = Map.of(
                    "TableName",
                    "rows",
                    "Select",
                    "COUNT",
                    "ExclusiveStartKey",
                    last.get().members());
        }
    }

    /// The names of the children in all result files: each one once.
    private static long results(ServiceClient client, Answer ended) throws Exception {
        Json output = Json.parse(ended.text("output"));
        String key = Answer.of(output).object("ResultWriterDetails").text("Key");
        Answer manifest = Answer.of(Json.parse(object(client, key)));
        assertEquals(List.of(), manifest.object("ResultFiles").objects("FAILED"));
        var names = new HashSet<String>();
        long entries = 0;
        for (Answer file : manifest.object("ResultFiles").objects("SUCCEEDED")) {
            Matcher name = NAME.matcher(object(client, file.text("Key")));
            while (name.find()) {
                entries++;
                names.add(name.group(1));
            }
        }
        assertEquals(names.size(), entries, "a result stands twice in the files");
        return entries;
    }
}
