package dev.mapwright.scenarios;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.demo.SplitMix64;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A table that is rewritten by a parallel scan, a segment a child. After "Massively parallel
/// migrations in DynamoDB".
final class MigrationScenario implements Scenario {
    private static final String TABLE = "items";
    private static final int BYTES_MIN = 400;
    private static final int BYTES_MORE_MAX = 3_696;
    private static final int WRITES_A_BATCH = 25;

    @Override
    public String name() {
        return "migration";
    }

    @Override
    public String about() {
        return "a DynamoDB table rewritten by a parallel scan; prewarming; retries of the Map state";
    }

    @Override
    public void run(Stage stage, Report report) throws Exception {
        Functions functions = Functions.of(stage);
        functions.create("migrate", "migration", "handler", Map.of());
        stage.bucket("migration-out");
        stage.table(TABLE, "id");
        stage.table("attempts", "id");
        long items = stage.size().of(10_000, 1_000_000, 10_000_000);
        int segments = (int) stage.size().of(10, 100, 1_000);
        fill(stage, items);
        String machine = stage.machine("migration", Stage.resource("migration.asl.json"));

        report.part("migration");
        String input = input(segments, TABLE, Map.of("prewarm", false));
        Ended ended = stage.run(machine, input);
        migrationHolds(stage, report, ended, segments, items);
        report.figure("items", items / ended.seconds(), "items/s");
        if (stage.size() == Size.S) {
            report.part("migration, killed in the middle");
            Ended killed = stage.runKilled(machine, input, ended.seconds());
            migrationHolds(stage, report, killed, segments, items);
        }

        numbersAsStrings(stage, report, machine);
        prewarmed(stage, report, machine);
        retried(stage, report, machine);
    }

    private static void migrationHolds(
            Stage stage, Report report, Ended ended, int segments, long items) {
        report.equal("outcome", "SUCCEEDED", ended.outcome());
        var invariants = new Invariants(stage, report);
        invariants.hold(ended.run(), segments);
        segmentsHold(report, invariants.exported(ended.run(), ended, "segments"), segments, items);
        itemsHold(stage, report, items);
    }

    /// What started the execution may have made texts of the numbers.
    private static void numbersAsStrings(Stage stage, Report report, String machine)
            throws InterruptedException {
        report.part("numbers as strings");
        stage.table("few", "id");
        stage.dynamoDb().putItem(put -> put.tableName("few").item(item(stage.seed(), 1)));
        String input = input(2, "few", Map.of("prewarm", false))
                .replace("\"totalSegments\":2", "\"totalSegments\":\"2\"");
        Ended ended = stage.run(machine, input);
        report.equal("outcome", "SUCCEEDED", ended.outcome());
        report.equal("segments", 2L, ended.run().itemCounts().succeeded());
    }

    private static void fill(Stage stage, long items) {
        var writes = new ArrayList<WriteRequest>();
        for (long number = 0; number < items; number++) {
            var put = PutRequest.builder().item(item(stage.seed(), number)).build();
            writes.add(WriteRequest.builder().putRequest(put).build());
            if (writes.size() == WRITES_A_BATCH || number == items - 1) {
                stage.dynamoDb()
                        .batchWriteItem(request -> request.requestItems(Map.of(TABLE, writes)));
                writes.clear();
            }
        }
    }

    private static Map<String, AttributeValue> item(long seed, long number) {
        var random = SplitMix64.ofRow(seed, number);
        int bytes = BYTES_MIN + random.below(BYTES_MORE_MAX);
        return Map.of(
                "id", AttributeValue.fromS("item-%08d".formatted(number)),
                "count", AttributeValue.fromN(Long.toString(random.next())),
                "text", AttributeValue.fromS("%x".formatted(random.next()).repeat(bytes / 16)));
    }

    private static String input(int segments, String table, Map<String, Object> more) {
        var map = new ArrayList<Object>();
        for (int segment = 0; segment < segments; segment++) {
            var one = new LinkedHashMap<String, Object>();
            one.put("segment", Integer.toString(segment));
            one.put("totalSegments", segments);
            one.put("tableName", table);
            if (more.get("failures") instanceof Integer failures) {
                one.put("failures", failures);
            }
            map.add(one);
        }
        var members = new LinkedHashMap<String, Object>(more);
        members.put("map", map);
        return Json.of(members).text();
    }

    private static void segmentsHold(Report report, ResultFiles results, int segments, long items) {
        long processed = 0;
        var seen = new TreeMap<Integer, Integer>();
        for (Object output : results.outputs(report).toList()) {
            var members = (Map<?, ?>) output;
            processed += ((Number) members.get("totalProcessed")).longValue();
            seen.merge(Integer.parseInt((String) members.get("segment")), 1, Integer::sum);
        }
        report.equal("items processed, by the exported outputs", items, processed);
        report.holds(
                "each segment is in exactly one child",
                seen.size() == segments && seen.values().stream().allMatch(count -> count == 1),
                seen);
    }

    private static void itemsHold(Stage stage, Report report, long items) {
        long found = 0;
        long wrong = 0;
        for (var item : stage.dynamoDb()
                .scanPaginator(request -> request.tableName(TABLE))
                .items()) {
            found++;
            long number = Long.parseLong(item.get("id").s().substring("item-".length()));
            var rest = new HashMap<>(item);
            boolean updated = rest.remove("updatedAt") != null;
            wrong += updated && rest.equals(item(stage.seed(), number)) ? 0 : 1;
        }
        report.equal("items in the table", items, found);
        report.equal("items that were changed otherwise, or not at all", 0L, wrong);
    }

    /// A provisioned table gets its capacity first; one whose description has no billing mode
    /// cannot be decided about.
    private static void prewarmed(Stage stage, Report report, String machine)
            throws InterruptedException {
        report.part("prewarm");
        provisionedTable(stage, "warm");
        stage.dynamoDb().updateTable(request -> request.tableName("warm")
                .billingMode(BillingMode.PAY_PER_REQUEST));
        stage.dynamoDb().updateTable(request -> request.tableName("warm")
                .billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(
                        capacity -> capacity.readCapacityUnits(5L).writeCapacityUnits(5L)));
        Map<String, Object> more =
                Map.of("prewarm", true, "readCapacity", 40, "writeCapacity", 20, "waitSeconds", 1);
        Ended ended = stage.run(machine, input(2, "warm", more));
        report.equal("outcome", "SUCCEEDED", ended.outcome());
        var capacity = stage.dynamoDb()
                .describeTable(request -> request.tableName("warm"))
                .table()
                .provisionedThroughput();
        report.equal(
                "capacity of the table",
                List.of(40L, 20L),
                List.of(capacity.readCapacityUnits(), capacity.writeCapacityUnits()));
        long updates = stage
                .states()
                .getExecutionHistoryPaginator(request -> request.executionArn(ended.arn()))
                .events()
                .stream()
                .filter(event -> event.type() == HistoryEventType.TASK_SCHEDULED)
                .filter(event -> event.taskScheduledEventDetails().resource().equals("updateTable"))
                .count();
        report.equal("calls of UpdateTable", 1L, updates);

        report.part("prewarm without a billing mode");
        provisionedTable(stage, "old");
        Ended undecided = stage.run(machine, input(2, "old", more));
        report.equal("outcome", "FAILED States.Runtime", undecided.outcome());
    }

    private static void provisionedTable(Stage stage, String name) {
        stage.dynamoDb().createTable(request -> request.tableName(name)
                .keySchema(key -> key.attributeName("id").keyType("HASH"))
                .attributeDefinitions(id -> id.attributeName("id").attributeType("S"))
                .provisionedThroughput(
                        capacity -> capacity.readCapacityUnits(5L).writeCapacityUnits(5L)));
    }

    /// Each retry of the Map state is a map run of its own.
    private static void retried(Stage stage, Report report, String machine)
            throws InterruptedException {
        report.part("Map that fails twice");
        stage.table("retried", "id");
        Ended ended =
                stage.run(machine, input(1, "retried", Map.of("prewarm", false, "failures", 2)));
        report.equal("outcome", "SUCCEEDED", ended.outcome());
        report.equal(
                "map runs",
                List.of("FAILED", "FAILED", "SUCCEEDED"),
                ended.runs().stream().map(run -> run.statusAsString()).toList());
    }
}
