package dev.mapwright.scenarios;

import com.github.luben.zstd.ZstdOutputStream;

import dev.mapwright.server.demo.OrdersFile;
import dev.mapwright.server.demo.OrdersFile.Header;
import dev.mapwright.server.demo.OrdersFile.Layout;
import dev.mapwright.server.demo.OrdersFile.Order;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Orders: a CSV object in S3, batch by batch, into a DynamoDB table. After "Batch Processing with
/// Step Functions Map States".
final class OrdersScenario implements Scenario {
    private static final String IN = "orders-in";
    private static final String OUT = "orders-out";
    private static final String FIRST_ROW = "\"CSVHeaderLocation\": \"FIRST_ROW\"";
    private static final int BATCH_ITEMS = 100;
    private static final long VARIANT_ROWS = 1_000;

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public String about() {
        return "CSV in S3, in batches, into DynamoDB; headers, delimiters, compression, faults, redrive";
    }

    @Override
    public void run(Stage stage, Report report) throws Exception {
        stage.bucket(IN);
        stage.bucket(OUT);
        var orders = new OrdersFile(stage.size().of(1_000, 100_000, 10_000_000), stage.seed());
        upload(stage, orders, Layout.USUAL, "orders/orders.csv");
        var all = new Variant(stage, report, orders, "orders", "orders/orders.csv");
        Ended first = all.runs("base", FIRST_ROW, orders.rows());
        report.figure("rows", orders.rows() / first.seconds(), "rows/s");
        all.killed("second run, killed in the middle", first.seconds(), orders.rows());

        var few = new OrdersFile(Math.min(VARIANT_ROWS, orders.rows()), stage.seed());
        header(stage, report, few);
        delimiters(stage, report, few);
        compressed(stage, report, few);
        upload(stage, few, Layout.USUAL, "few.csv");
        new Variant(stage, report, few, "first-250", "few.csv")
                .runs("MaxItems", FIRST_ROW + ", \"MaxItems\": 250", 250);
        new FaultyOrders(stage, report, stage.seed()).run();
    }

    private static void header(Stage stage, Report report, OrdersFile orders)
            throws IOException, InterruptedException {
        upload(stage, orders, new Layout(',', Header.NOWHERE), "bare.csv");
        new Variant(stage, report, orders, "given", "bare.csv")
                .runs("GIVEN header", """
                        "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["orderNumber", "orderDate",
                         "orderStatus", "lineItems", "totalPrice"]""", orders.rows());
    }

    private static void delimiters(Stage stage, Report report, OrdersFile orders)
            throws IOException, InterruptedException {
        var delimiters = Map.of("PIPE", '|', "SEMICOLON", ';', "TAB", '\t');
        for (String name : List.of("PIPE", "SEMICOLON", "TAB")) {
            upload(stage, orders, new Layout(delimiters.get(name), Header.FIRST_ROW), name);
            new Variant(stage, report, orders, "by-" + name, name)
                    .runs(
                            "delimiter " + name,
                            FIRST_ROW + ", \"CSVDelimiter\": \"" + name + '"',
                            orders.rows());
        }
    }

    private static void compressed(Stage stage, Report report, OrdersFile orders)
            throws IOException, InterruptedException {
        Path plain = stage.folder().resolve("plain.csv");
        orders.write(plain, Layout.USUAL);
        Path gzip = stage.folder().resolve("orders.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            Files.copy(plain, out);
        }
        Path zstd = stage.folder().resolve("orders.csv.zstd");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zstd))) {
            Files.copy(plain, out);
        }
        for (Path file : List.of(gzip, zstd)) {
            String key = file.getFileName().toString();
            stage.put(IN, key, file);
            new Variant(stage, report, orders, "from-" + key, key)
                    .runs("compressed " + key, FIRST_ROW, orders.rows());
        }
    }

    static void upload(Stage stage, OrdersFile orders, Layout layout, String key)
            throws IOException {
        Path file = stage.folder().resolve("orders.csv");
        orders.write(file, layout);
        stage.put(IN, key, file);
    }

    static String definition(String readerConfig) throws IOException {
        return Stage.resource("orders.asl.json").replace(FIRST_ROW, readerConfig);
    }

    static String input(String key, String table) {
        return "{\"bucket\": \"%s\", \"key\": \"%s\", \"table\": \"%s\"}".formatted(IN, key, table);
    }

    /// One way of writing and reading the file, with a table of its own.
    private record Variant(
            Stage stage, Report report, OrdersFile orders, String table, String key) {
        Ended runs(String name, String readerConfig, long rows)
                throws IOException, InterruptedException {
            report.part(name);
            if (!stage.dynamoDb().listTables().tableNames().contains(table)) {
                stage.table(table, "pk", "sk");
            }
            String machine = stage.machine(
                    "orders-" + name.replaceAll("[^A-Za-z0-9]", "-"), definition(readerConfig));
            return hold(stage.run(machine, input(key, table)), rows);
        }

        /// The engine is killed within so many seconds.
        void killed(String name, double secondsMax, long rows)
                throws IOException, InterruptedException {
            report.part(name);
            String machine = stage.machine("orders-killed", definition(FIRST_ROW));
            hold(stage.runKilled(machine, input(key, table), secondsMax), rows);
        }

        private Ended hold(Ended ended, long rows) {
            report.equal("outcome", "SUCCEEDED", ended.outcome());
            if (!ended.status().equals("SUCCEEDED")) {
                return ended;
            }
            var invariants = new Invariants(stage, report);
            invariants.hold(ended.run(), rows);
            report.equal(
                    "children",
                    Math.ceilDiv(rows, BATCH_ITEMS),
                    ended.run().executionCounts().total().longValue());
            ResultFiles results = invariants.exported(ended.run(), ended, "runs");
            long stored = results.outputs(report)
                    .mapToLong(output -> ((Number) ((Map<?, ?>) output).get("stored")).longValue())
                    .sum();
            report.equal("orders stored, by the exported outputs", rows, stored);
            report.equal("failed files", List.of(), results.files("FAILED"));
            new OrdersTable(stage, orders, table).check(report, rows);
            return ended;
        }
    }

    /// What the table holds, against the file.
    record OrdersTable(Stage stage, OrdersFile orders, String name) {
        void check(Report report, long rows) {
            var seen = new BitSet();
            long items = 0;
            long wrong = 0;
            String example = "none";
            for (Map<String, AttributeValue> item : items()) {
                int row = row(item);
                seen.set(row);
                items++;
                if (row < 1 || row > rows || !expected(row).equals(item)) {
                    wrong++;
                    example = item.toString();
                }
            }
            report.equal("items in the table", rows, items);
            report.equal("different orders in the table", rows, (long) seen.cardinality());
            report.holds("items that differ from their rows: " + wrong, wrong == 0, example);
        }

        /// Only their number and their keys: a fault leaves marks on the items.
        void holdsEveryOrder(Report report) {
            var seen = new BitSet();
            items().forEach(item -> seen.set(row(item)));
            report.equal("different orders in the table", orders.rows(), (long) seen.cardinality());
        }

        Iterable<Map<String, AttributeValue>> items() {
            return stage.dynamoDb()
                    .scanPaginator(request -> request.tableName(name))
                    .items();
        }

        static int row(Map<String, AttributeValue> item) {
            String key = item.get("pk").s();
            return Integer.parseInt(key.substring(2, key.indexOf('-')));
        }

        private Map<String, AttributeValue> expected(int row) {
            Order order = orders.order(row);
            return Map.of(
                    "pk", AttributeValue.fromS(order.number() + "-" + order.date()),
                    "sk", AttributeValue.fromS("ORDER_HEADER"),
                    "orderStatus", AttributeValue.fromS(order.status()),
                    "totalPrice", AttributeValue.fromS(order.totalPrice()));
        }
    }
}
