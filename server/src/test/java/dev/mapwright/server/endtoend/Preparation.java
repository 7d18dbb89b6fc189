package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.CallFailed;
import dev.mapwright.server.client.ServiceClient;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What tests of whole map runs do before and after: numbered rows in a bucket, a table of items by
/// `pk`, a machine, and its execution to its end.
record Preparation(ServiceClient client) {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Pattern NAME = Pattern.compile("\"Name\":\"([^\"]+)\"");

    /// A CSV file with the one column `number`, from 0 on.
    void rows(String bucket, String key, int count, Path folder) throws Exception {
        String numbers = IntStream.range(0, count)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(folder.resolve("rows.csv"), "number\n" + numbers);
        client.makeBucket(bucket);
        client.putObject(bucket, key, file);
    }

    void table(String name) throws Exception {
        client.dynamoDb(
                "CreateTable",
                Map.of(
                        "TableName",
                        name,
                        "BillingMode",
                        "PAY_PER_REQUEST",
                        "AttributeDefinitions",
                        List.of(Map.of("AttributeName", "pk", "AttributeType", "S")),
                        "KeySchema",
                        List.of(Map.of("AttributeName", "pk", "KeyType", "HASH"))));
    }

    /// @return the ARN
    String machine(String name, String definition) throws Exception {
        return client.states(
                        "CreateStateMachine",
                        Map.of(
                                "name", name,
                                "definition", definition,
                                "roleArn", "arn:aws:iam::123456789012:role/r"))
                .text("stateMachineArn");
    }

    /// @return the ARN
    String start(String machineArn) throws Exception {
        return start(machineArn, Json.EMPTY_OBJECT);
    }

    /// @return the ARN
    String start(String machineArn, Json input) throws Exception {
        return client.states(
                        "StartExecution",
                        Map.of("stateMachineArn", machineArn, "input", input.text()))
                .text("executionArn");
    }

    Answer awaitEnd(String execution) throws Exception {
        while (true) {
            Answer now = client.states("DescribeExecution", Map.of("executionArn", execution));
            if (!now.text("status").equals("RUNNING")) {
                return now;
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    /// The map run of an execution that has one, once it has begun.
    Optional<Answer> mapRun(String execution) throws Exception {
        List<Answer> runs =
                client.states("ListMapRuns", Map.of("executionArn", execution)).objects("mapRuns");
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(client.states(
                        "DescribeMapRun", Map.of("mapRunArn", runs.getFirst().text("mapRunArn"))));
    }

    /// All items of a table.
    List<Answer> items(String table) throws CallFailed, InterruptedException {
        var items = new ArrayList<Answer>();
        Map<String, Object> page = Map.of("TableName", table);
        while (true) {
            Answer answer = client.dynamoDb("Scan", page);
            items.addAll(answer.objects("Items"));
            Optional<Answer> last = answer.findObject("LastEvaluatedKey");
            if (last.isEmpty()) {
                return items;
            }
            page = Map.of("TableName", table, "ExclusiveStartKey", last.get().members());
        }
    }

    /// The manifest that an execution's output names.
    Answer manifest(Answer ended) throws Exception {
        Answer details = Answer.of(Json.parse(ended.text("output"))).object("ResultWriterDetails");
        return json(details.text("Bucket"), details.text("Key"));
    }

    /// How many children stand in result files, each of them once.
    long children(String bucket, List<Answer> files) throws Exception {
        var names = new HashMap<String, Integer>();
        for (Answer file : files) {
            NAME.matcher(text(bucket, file.text("Key")))
                    .results()
                    .forEach(name -> names.merge(name.group(1), 1, Integer::sum));
        }
        assertEquals(Set.of(1), Set.copyOf(names.values()), "how often a child stands there");
        return names.size();
    }

    Answer json(String bucket, String key) throws Exception {
        return Answer.of(Json.parse(text(bucket, key)));
    }

    String text(String bucket, String key) throws Exception {
        return new String(client.getObject(bucket, key), StandardCharsets.UTF_8);
    }
}
