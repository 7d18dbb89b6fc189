package dev.mapwright.scenarios;

import dev.mapwright.asl.json.Json;
import dev.mapwright.scenarios.OrdersScenario.OrdersTable;
import dev.mapwright.server.demo.OrdersFile;
import dev.mapwright.server.demo.OrdersFile.Layout;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The variant in which DynamoDB refuses every put of 3 % of the batches, until the fault is
/// lifted.
///
/// Rows of such a batch are in the table already, with an attribute that the put's condition
/// forbids. Rows that were stored get a mark before the redrive: a second put would wipe it off.
final class FaultyOrders {
    private static final String TABLE = "faulty-orders";
    private static final String KEY = "faulty.csv";
    private static final int BATCH_ITEMS = 100;
    private static final Set<Integer> REFUSED_BATCHES = Set.of(7, 42, 93);
    private static final long ROWS = 10_000;

    private final Stage stage;
    private final Report report;
    private final OrdersFile orders;

    FaultyOrders(Stage stage, Report report, long seed) {
        this.stage = stage;
        this.report = report;
        this.orders = new OrdersFile(ROWS, seed);
    }

    void run() throws IOException, InterruptedException {
        OrdersScenario.upload(stage, orders, Layout.USUAL, KEY);
        stage.table(TABLE, "pk", "sk");
        refuseBatches();
        toleratesEverything();
        toleratesOnePercent();
    }

    private void toleratesOnePercent() throws IOException, InterruptedException {
        report.part("fault, 1 % tolerated");
        Ended ended = stage.run(machine("orders-fault-1", 1), OrdersScenario.input(KEY, TABLE));
        report.equal("error", "States.ExceedToleratedFailureThreshold", ended.error());
        new Invariants(stage, report).hold(ended.run(), ended.run().itemCounts().total());
        redriven(ended);
        new OrdersTable(stage, orders, TABLE).holdsEveryOrder(report);
    }

    private void toleratesEverything() throws IOException, InterruptedException {
        report.part("fault, 100 % tolerated");
        String machine = machine("orders-fault-100", 100);
        Ended ended = stage.run(machine, OrdersScenario.input(KEY, TABLE));
        report.equal("outcome", "SUCCEEDED", ended.outcome());
        var invariants = new Invariants(stage, report);
        invariants.hold(ended.run(), ROWS);
        ResultFiles results = invariants.exported(ended.run(), ended, "runs");
        report.equal(
                "batches in the FAILED files",
                new TreeSet<>(REFUSED_BATCHES),
                batches(results.records("FAILED", report).toList()));
        report.equal(
                "children that succeeded",
                ROWS / BATCH_ITEMS - REFUSED_BATCHES.size(),
                results.records("SUCCEEDED", report).count());
    }

    /// The same machine as without faults, but its put has a condition.
    private String machine(String name, int toleratedPercentage) throws IOException {
        String definition = Stage.resource("orders.asl.json")
                .replace(
                        "\"TableName\":",
                        "\"ConditionExpression\": \"attribute_not_exists(refused)\", \"TableName\":")
                .replace(
                        "\"ToleratedFailurePercentage\": 1,",
                        "\"ToleratedFailurePercentage\": %d,".formatted(toleratedPercentage));
        return stage.machine(name, definition);
    }

    private void refuseBatches() {
        for (int batch : REFUSED_BATCHES) {
            for (long row = firstRow(batch); row < firstRow(batch + 1); row++) {
                var item = new HashMap<>(key(row));
                item.put("refused", AttributeValue.fromBool(true));
                stage.dynamoDb().putItem(request -> request.tableName(TABLE).item(item));
            }
        }
    }

    private Map<String, AttributeValue> key(long row) {
        var order = orders.order(row);
        return Map.of(
                "pk", AttributeValue.fromS(order.number() + "-" + order.date()),
                "sk", AttributeValue.fromS("ORDER_HEADER"));
    }

    /// Batches and rows from 1 and 1.
    private static long firstRow(int batch) {
        return (batch - 1L) * BATCH_ITEMS + 1;
    }

    private static int batch(long row) {
        return (int) ((row - 1) / BATCH_ITEMS) + 1;
    }

    /// By the number of the first order in each child's input.
    private static Set<Integer> batches(List<Map<?, ?>> records) {
        var batches = new TreeSet<Integer>();
        for (Map<?, ?> each : records) {
            var input = (Map<?, ?>) Json.ofText((String) each.get("Input")).value();
            var first = (Map<?, ?>) ((List<?>) input.get("Items")).getFirst();
            batches.add(batch(Long.parseLong(((String) first.get("orderNumber")).substring(2))));
        }
        return batches;
    }

    /// After the failed run: lifts the fault, redrives, and looks whether stored rows were let be.
    private void redriven(Ended failed) throws InterruptedException {
        var stored = new HashSet<Integer>();
        ResultFiles before = lastResults(failed);
        before.records("SUCCEEDED", report)
                .forEach(child -> stored.addAll(batches(List.of(child))));
        mark(stored);
        liftFault();
        Ended redriven = stage.redrive(failed.arn());
        report.equal("outcome after the redrive", "SUCCEEDED", redriven.outcome());
        new Invariants(stage, report).hold(redriven.run(), ROWS);
        report.equal("redrives of the map run", 1, redriven.run().redriveCount());
        report.equal("marks that the redrive left", (long) stored.size() * BATCH_ITEMS, marks());
    }

    private ResultFiles lastResults(Ended failed) {
        String arn = failed.run().mapRunArn();
        String uuid = arn.substring(arn.lastIndexOf(':') + 1);
        return ResultFiles.at(stage, "orders-out", "runs/" + uuid + "/manifest.json");
    }

    private void mark(Set<Integer> batches) {
        for (int batch : batches) {
            for (long row = firstRow(batch); row < firstRow(batch + 1); row++) {
                Map<String, AttributeValue> key = key(row);
                stage.dynamoDb().updateItem(request -> request.tableName(TABLE)
                        .key(key)
                        .updateExpression("SET marked = :true")
                        .expressionAttributeValues(Map.of(":true", AttributeValue.fromBool(true))));
            }
        }
    }

    private void liftFault() {
        for (int batch : REFUSED_BATCHES) {
            for (long row = firstRow(batch); row < firstRow(batch + 1); row++) {
                Map<String, AttributeValue> key = key(row);
                stage.dynamoDb().deleteItem(request -> request.tableName(TABLE).key(key));
            }
        }
    }

    private long marks() {
        long marks = 0;
        for (var item : new OrdersTable(stage, orders, TABLE).items()) {
            marks += item.containsKey("marked") ? 1 : 0;
        }
        return marks;
    }
}
