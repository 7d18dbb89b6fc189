package dev.mapwright.scenarios;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Products: an array deep in a JSON document, each enriched by a function and stored. After
/// "Optimizing nested JSON array processing using AWS Step Functions Distributed Map".
final class ProductsScenario implements Scenario {
    private static final String IN = "products-in";
    private static final String TABLE = "product-catalog";
    private static final int SIBLING_CHARS = 1_000_000;
    private static final int PRICE_STEPS = 50_000;
    private static final int STOCK_MAX = 500;
    private static final List<String> CATEGORIES = List.of("tools", "garden", "kitchen", "toys");

    /// Small documents, of which a pointer chooses a part: what the items are, or why there are
    /// none.
    private record Pointed(String pointer, String document, String expected) {}

    private static final List<Pointed> POINTERS = List.of(
            new Pointed("/a~1b/m~0n", "{\"a/b\": {\"m~n\": [1, \"two\"]}}", "[1,\"two\"]"),
            new Pointed("/list/1/items", "{\"list\": [0, {\"items\": [3]}]}", "[3]"),
            new Pointed(
                    "/prices",
                    "{\"prices\": {\"tea\": 4, \"salt\": 1}}",
                    "[{\"Key\":\"tea\",\"Value\":4},{\"Key\":\"salt\",\"Value\":1}]"),
            new Pointed("/nothing/here", "{\"items\": [1]}", "States.ItemReaderFailed"),
            new Pointed("/name", "{\"name\": \"tea\"}", "States.ItemReaderFailed"));

    /// The definition's MaxConcurrency.
    private static final int ENRICHED_AT_ONCE = 10;

    @Override
    public String name() {
        return "products";
    }

    @Override
    public String about() {
        return "items of a nested JSON array through a function into DynamoDB; pointers; state input";
    }

    @Override
    public void run(Stage stage, Report report) throws Exception {
        Functions functions = Functions.of(stage);
        stage.bucket(IN);
        stage.bucket("products-out");
        functions.create("enrich", "products", "handler", Map.of());
        catalog(stage, functions, report, stage.size().of(5, 100_000, 2_000_000));
        for (Pointed pointed : POINTERS) {
            report.part("pointer " + pointed.pointer());
            stage.put(IN, "small.json", pointed.document());
            String reader = """
                    "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                      "ReaderConfig": {"InputType": "JSON", "ItemsPointer": "%s"},
                      "Parameters": {"Bucket": "%s", "Key": "small.json"}}""".formatted(pointed.pointer(), IN);
            Ended ended = run(stage, "", reader, "{}");
            report.equal(
                    "items",
                    pointed.expected(),
                    ended.status().equals("SUCCEEDED") ? ended.output() : ended.error());
        }
        stateInput(stage, report);
    }

    private static void catalog(Stage stage, Functions functions, Report report, long products)
            throws IOException, InterruptedException {
        report.part("catalog");
        Path file = stage.folder().resolve("product-updates.json");
        write(file, products);
        stage.put(IN, "updates/product-updates.json", file);
        stage.table(TABLE, "ProductId");
        String machine = stage.machine("products", Stage.resource("products.asl.json"));
        Ended ended = stage.run(machine, "{}");
        catalogHolds(stage, report, ended, products);
        report.figure("products", products / ended.seconds(), "products/s");
        functions.overlapAtMost("enrich", ENRICHED_AT_ONCE, report);

        report.part("catalog, killed in the middle");
        catalogHolds(stage, report, stage.runKilled(machine, "{}", ended.seconds()), products);
    }

    private static void catalogHolds(Stage stage, Report report, Ended ended, long products) {
        report.equal("outcome", "SUCCEEDED", ended.outcome());
        var invariants = new Invariants(stage, report);
        invariants.hold(ended.run(), products);
        ResultFiles results = invariants.exported(ended.run(), ended, "enriched");
        report.equal("children exported", products, results.outputs(report).count());
        long items = 0;
        long wrong = 0;
        for (var item : stage.dynamoDb()
                .scanPaginator(request -> request.tableName(TABLE))
                .items()) {
            items++;
            wrong += isRight(item) ? 0 : 1;
        }
        report.equal("items in the table", products, items);
        report.equal("items that differ from their products", 0L, wrong);
    }

    private static void write(Path file, long products) throws IOException {
        String sibling = "x".repeat(SIBLING_CHARS);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"version\":\"2024.1\",\"before\":\"%s\",\"productUpdates\":{\"items\":["
                    .formatted(sibling));
            for (long number = 1; number <= products; number++) {
                out.write(number == 1 ? "" : ",");
                out.write("{\"productId\":\"%s\",\"name\":\"%s\",\"category\":\"%s\"}"
                        .formatted(id(number), productName(number), category(number)));
            }
            out.write("]},\"after\":\"%s\"}".formatted(sibling));
        }
    }

    private static String id(long number) {
        return "PROD-%03d".formatted(number);
    }

    private static String productName(long number) {
        return "Product “%d” — new".formatted(number);
    }

    private static String category(long number) {
        return CATEGORIES.get((int) (number % CATEGORIES.size()));
    }

    /// As the function computes it, recomputed here.
    private static boolean isRight(Map<String, AttributeValue> item) {
        long number = Long.parseLong(item.get("ProductId").s().substring("PROD-".length()));
        long cents = number * 7_919 % PRICE_STEPS + 1;
        return item.get("name").s().equals(productName(number))
                && item.get("category").s().equals(category(number))
                && new BigDecimal(item.get("price").n()).compareTo(BigDecimal.valueOf(cents, 2))
                        == 0
                && item.get("stock").n().equals(Long.toString(number * 31 % (STOCK_MAX + 1)))
                && item.get("lastUpdated")
                        .s()
                        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    /// The document as the input of the execution, in both query languages.
    private static void stateInput(Stage stage, Report report) throws InterruptedException {
        String input = "{\"productUpdates\": {\"items\": [\"one\", {\"two\": 2}]}}";
        report.part("ItemsPath");
        Ended byPath = run(stage, "", "\"ItemsPath\": \"$.productUpdates.items\"", input);
        report.equal("output", "[\"one\",{\"two\":2}]", byPath.output());
        report.part("Items");
        Ended byItems = run(
                stage,
                "\"QueryLanguage\": \"JSONata\",",
                "\"Items\": \"{% $states.input.productUpdates.items %}\"",
                input);
        report.equal("output", "[\"one\",{\"two\":2}]", byItems.output());
    }

    /// A machine that gives the items back.
    private static Ended run(Stage stage, String language, String dataset, String input)
            throws InterruptedException {
        String definition = """
                {%s "StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true, %s,
                  "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                    "StartAt": "Give", "States": {"Give": {"Type": "Pass", "End": true}}}}}}""".formatted(language, dataset);
        String name = "items-" + Integer.toHexString(definition.hashCode());
        return stage.run(stage.machine(name, definition), input);
    }
}
