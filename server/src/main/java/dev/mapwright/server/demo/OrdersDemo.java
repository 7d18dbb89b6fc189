package dev.mapwright.server.demo;

import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.CallFailed;
import dev.mapwright.server.client.ServiceClient;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Orders from a CSV object in S3 through a distributed Map into a DynamoDB table, and a check of
/// every one of them.
public final class OrdersDemo {
    private static final String INPUT_BUCKET = "orders-in";
    private static final String KEY = "orders/orders.csv";
    private static final String OUTPUT_BUCKET = "orders-out";
    private static final String TABLE = "orders";
    private static final String ROLE = "arn:aws:iam::123456789012:role/mapwright-demo";
    private static final Duration POLL = Duration.ofMillis(200);

    /// Whether children are kept with their histories, or compactly.
    public enum Children {
        EXPRESS,
        STANDARD
    }

    /// What to run.
    ///
    /// @param folder where the generated file is written to, beside the engine's data
    public record Plan(long rows, long seed, Children children, Path folder) {}

    private final ServiceClient services;
    private final Plan plan;
    private final OrdersFile orders;
    private final Consumer<Progress> watcher;

    public OrdersDemo(ServiceClient services, Plan plan, Consumer<Progress> watcher) {
        this.services = services;
        this.plan = plan;
        this.orders = new OrdersFile(plan.rows(), plan.seed());
        this.watcher = watcher;
    }

    public OrdersSummary run() throws DemoFailed, CallFailed, IOException, InterruptedException {
        prepareObjects();
        prepareTable();
        String machineArn = createMachine();
        long begun = System.nanoTime();
        String executionArn = start(machineArn);
        Answer ended = await(executionArn, begun);
        double seconds = secondsSince(begun);
        String status = ended.text("status");
        if (!status.equals("SUCCEEDED")) {
            throw new DemoFailed("The execution ended %s: %s %s"
                    .formatted(
                            status,
                            ended.findText("error").orElse(""),
                            ended.findText("cause").orElse("")));
        }
        var check = new OrdersCheck(services, orders, TABLE);
        return check.check(executionArn, mapRun(executionArn).orElseThrow(), ended, seconds);
    }

    private void prepareObjects() throws CallFailed, IOException, InterruptedException {
        services.makeBucket(INPUT_BUCKET);
        services.makeBucket(OUTPUT_BUCKET);
        Path file = plan.folder().resolve("orders.csv");
        orders.write(file);
        services.putObject(INPUT_BUCKET, KEY, file);
    }

    /// Empty at the start, so that a second run in the same folder can be checked like the first.
    private void prepareTable() throws CallFailed, InterruptedException {
        try {
            services.dynamoDb("DeleteTable", Map.of("TableName", TABLE));
        } catch (CallFailed failed) {
            if (!failed.code().equals("ResourceNotFoundException")) {
                throw failed;
            }
        }
        services.dynamoDb(
                "CreateTable",
                Map.of(
                        "TableName",
                        TABLE,
                        "BillingMode",
                        "PAY_PER_REQUEST",
                        "AttributeDefinitions",
                        List.of(attribute("pk"), attribute("sk")),
                        "KeySchema",
                        List.of(key("pk", "HASH"), key("sk", "RANGE"))));
    }

    private static Map<String, String> attribute(String name) {
        return Map.of("AttributeName", name, "AttributeType", "S");
    }

    private static Map<String, String> key(String name, String type) {
        return Map.of("AttributeName", name, "KeyType", type);
    }

    private String createMachine() throws CallFailed, IOException, InterruptedException {
        String definition = definition().replace("\"EXPRESS\"", "\"" + plan.children() + "\"");
        String name = "orders-" + plan.children().name().toLowerCase(Locale.ROOT);
        return services.states(
                        "CreateStateMachine",
                        Map.of("name", name, "definition", definition, "roleArn", ROLE))
                .text("stateMachineArn");
    }

    private static String definition() throws IOException {
        try (InputStream resource = OrdersDemo.class.getResourceAsStream("orders.asl.json")) {
            if (resource == null) {
                throw new IllegalStateException("orders.asl.json is missing beside its class");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String start(String machineArn) throws CallFailed, InterruptedException {
        String input = "{\"bucket\":\"%s\",\"key\":\"%s\",\"table\":\"%s\"}"
                .formatted(INPUT_BUCKET, KEY, TABLE);
        return services.states(
                        "StartExecution", Map.of("stateMachineArn", machineArn, "input", input))
                .text("executionArn");
    }

    private Answer await(String executionArn, long begun) throws CallFailed, InterruptedException {
        while (true) {
            Answer execution =
                    services.states("DescribeExecution", Map.of("executionArn", executionArn));
            Optional<Answer> run = mapRun(executionArn);
            run.ifPresent(known -> watcher.accept(progress(known, begun)));
            if (!execution.text("status").equals("RUNNING")) {
                return execution;
            }
            Thread.sleep(POLL);
        }
    }

    private Optional<Answer> mapRun(String executionArn) throws CallFailed, InterruptedException {
        List<Answer> runs = services.states("ListMapRuns", Map.of("executionArn", executionArn))
                .objects("mapRuns");
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(services.states(
                "DescribeMapRun", Map.of("mapRunArn", runs.getFirst().text("mapRunArn"))));
    }

    private Progress progress(Answer run, long begun) {
        Answer items = run.object("itemCounts");
        long failed = items.number("failed") + items.number("timedOut") + items.number("aborted");
        return new Progress(
                items.number("succeeded") + failed,
                plan.rows(),
                run.object("executionCounts").number("running"),
                failed,
                secondsSince(begun));
    }

    private static double secondsSince(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    /// Makes sure that `folder` is new, empty, or was made by an earlier demonstration.
    public static void claim(Path folder) throws DemoFailed, IOException {
        Path mark = folder.resolve("mapwright-demo.txt");
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new DemoFailed("%s is a file. Name a folder with --data.".formatted(folder));
        }
        if (Files.isDirectory(folder) && !Files.exists(mark) && !isEmpty(folder)) {
            throw new DemoFailed(
                    ("The folder %s holds something that the demo did not write. Name another one with --data,"
                                    + " or empty it.")
                            .formatted(folder));
        }
        Files.createDirectories(folder);
        Files.writeString(mark, "Data of ./mapwright demo; it may be deleted.\n");
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }
}
