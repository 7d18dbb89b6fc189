package dev.mapwright.benchmarks;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.SdkClients;
import dev.mapwright.adapters.aws.SdkClients.Retrying;
import dev.mapwright.benchmarks.Meter.Span;
import dev.mapwright.server.config.Configuration.Durability;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Children that put one item each, in turns with the most that one client of the AWS SDK puts into
/// the same table through the built-in DynamoDB's API, on as many connections as make it faster.
final class PutItems implements Benchmark {
    private static final int ROUNDS = 5;
    private static final int ITEMS = 20_000;
    private static final double BAR = 0.8;

    /// More make the client no faster.
    private static final int CONNECTIONS = 64;

    private static final Optional<Address.Keys> KEYS =
            Optional.of(new Address.Keys("benchmark", "benchmark", Optional.empty()));

    @Override
    public String name() {
        return "put-item-one-client";
    }

    @Override
    public String about() {
        return "%,d items by children, and by one client of the built-in DynamoDB".formatted(ITEMS);
    }

    @Override
    public List<Figure> run(Workbench workbench) throws Exception {
        Path items = workbench.folder().resolve("items.csv");
        ItemsFile.write(items, ITEMS);
        var ofEngine = new ArrayList<Double>();
        var ofClient = new ArrayList<Double>();
        var ratios = new ArrayList<Double>();
        try (var engine = new EngineUnderTest(workbench, Durability.FSYNC, items);
                var client = SdkClients.build(
                        DynamoDbClient.builder(),
                        new Address.Endpoint(engine.endpoint(), "us-east-1", KEYS),
                        Retrying.NONE)) {
            String machine = engine.create(Processor.PUT_ITEM.definition("EXPRESS"));
            for (int round = 0; round <= ROUNDS; round++) {
                Span byClient = Meter.time(() -> put(client));
                Span byEngine = Meter.time(() -> engine.await(engine.start(machine), ITEMS));
                workbench.say(
                        "round %d: engine %,.0f items/s (%.0f µs CPU each), client %,.0f items/s (%.0f µs)",
                        round,
                        byEngine.perSecond(ITEMS),
                        byEngine.cpuMicrosPerItem(ITEMS),
                        byClient.perSecond(ITEMS),
                        byClient.cpuMicrosPerItem(ITEMS));
                if (round > 0) {
                    ofEngine.add(byEngine.perSecond(ITEMS));
                    ofClient.add(byClient.perSecond(ITEMS));
                    ratios.add(byClient.seconds() / byEngine.seconds());
                }
            }
        }
        return List.of(
                Figure.of("engine", Meter.median(ofEngine), "items/s"),
                Figure.of("one client", Meter.median(ofClient), "items/s"),
                Figure.of("engine / one client", Meter.median(ratios), "of its rate")
                        .atLeast(BAR));
    }

    private static void put(DynamoDbClient client) throws Exception {
        var puts = new ArrayList<Future<?>>();
        try (var connections = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                int first = connection;
                puts.add(connections.submit(() -> {
                    for (int order = first; order < ITEMS; order += CONNECTIONS) {
                        client.putItem(request(order));
                    }
                }));
            }
        }
        for (Future<?> each : puts) {
            each.get();
        }
    }

    private static PutItemRequest request(int order) {
        return PutItemRequest.builder()
                .tableName(Table.NAME)
                .item(Map.of(
                        "pk", AttributeValue.fromS(order + "-2026-01-01"),
                        "sk", AttributeValue.fromS("ORDER_HEADER"),
                        "orderStatus", AttributeValue.fromS("SHIPPED"),
                        "totalPrice", AttributeValue.fromS("12.50")))
                .build();
    }
}
