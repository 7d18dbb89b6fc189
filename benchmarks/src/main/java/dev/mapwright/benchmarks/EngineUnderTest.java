package dev.mapwright.benchmarks;

import dev.mapwright.server.cli.Engines.Running;
import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.ServiceClient;
import dev.mapwright.server.config.Configuration.Durability;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/// The product, and a client that prepares and starts what is measured. Items and results never
/// pass through that client.
final class EngineUnderTest implements AutoCloseable {
    static final String ROLE = "arn:aws:iam::123456789012:role/benchmark";
    private static final String INPUT =
            "{\"bucket\":\"orders-in\",\"key\":\"orders/orders.csv\",\"table\":\"orders\"}";

    private final Running running;
    private final ServiceClient client;
    private final Ends ends;

    EngineUnderTest(Workbench workbench, Durability durability, Path items) throws Exception {
        this(workbench.start(workbench.folder().resolve("data"), durability), items);
    }

    EngineUnderTest(Running started, Path items) throws Exception {
        running = started;
        client = new ServiceClient(running.endpoint());
        client.makeBucket("orders-in");
        client.makeBucket("orders-out");
        client.putObject("orders-in", "orders/orders.csv", items);
        client.dynamoDb("CreateTable", Table.DEFINITION);
        ends = Ends.hear(client);
    }

    ServiceClient client() {
        return client;
    }

    URI endpoint() {
        return running.endpoint();
    }

    /// The new machine's ARN.
    String create(String definition) throws Exception {
        return create("benchmark", definition);
    }

    String create(String name, String definition) throws Exception {
        return client.states(
                        "CreateStateMachine",
                        Map.of("name", name, "definition", definition, "roleArn", ROLE))
                .text("stateMachineArn");
    }

    /// The new execution's ARN.
    String start(String machineArn) throws Exception {
        return client.states(
                        "StartExecution", Map.of("stateMachineArn", machineArn, "input", INPUT))
                .text("executionArn");
    }

    /// Returns when the execution has succeeded, which is when `items` have.
    void await(String executionArn, long items) throws Exception {
        while (true) {
            Answer execution =
                    client.states("DescribeExecution", Map.of("executionArn", executionArn));
            switch (execution.text("status")) {
                case "RUNNING" -> ends.awaitOne();
                case "SUCCEEDED" -> {
                    expect(items, count(executionArn, "itemCounts", "succeeded"));
                    return;
                }
                default ->
                    throw new IllegalStateException("the execution ended %s: %s %s"
                            .formatted(
                                    execution.text("status"),
                                    execution.findText("error").orElse(""),
                                    execution.findText("cause").orElse("")));
            }
        }
    }

    private static void expect(long items, long found) {
        if (items != found) {
            throw new IllegalStateException(
                    "expected %d items to have succeeded, found %d".formatted(items, found));
        }
    }

    /// A count of the execution's one map run; 0 while there is none.
    long count(String executionArn, String which, String status) throws Exception {
        var runs = client.states("ListMapRuns", Map.of("executionArn", executionArn))
                .objects("mapRuns");
        return runs.isEmpty()
                ? 0
                : client.states(
                                "DescribeMapRun",
                                Map.of("mapRunArn", runs.getFirst().text("mapRunArn")))
                        .object(which)
                        .number(status);
    }

    @Override
    public void close() {
        client.close();
        running.close();
    }
}
