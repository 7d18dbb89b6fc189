package dev.mapwright.server;

import dev.mapwright.adapters.items.ItemReaderTable;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.keyvalue.StoreUnavailable;
import dev.mapwright.adapters.objects.local.LocalObjectStore;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.adapters.results.ResultFiles;
import dev.mapwright.adapters.services.dynamodb.DynamoDbIntegration;
import dev.mapwright.adapters.services.dynamodb.DynamoDbSdkIntegration;
import dev.mapwright.adapters.store.embedded.EmbeddedStore;
import dev.mapwright.adapters.tables.local.Account;
import dev.mapwright.adapters.tables.local.Tables;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.maprun.Limits;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.server.api.StatesApi;
import dev.mapwright.server.cli.CommandLineInterface;
import dev.mapwright.server.cli.Engines.CannotStart;
import dev.mapwright.server.cli.Engines.Running;
import dev.mapwright.server.config.Configuration;
import dev.mapwright.server.dynamodb.DynamoDbHandler;
import dev.mapwright.server.http.Endpoint;
import dev.mapwright.server.http.PortUnavailable;
import dev.mapwright.server.http.Services;
import dev.mapwright.server.s3.S3Handler;
import dev.mapwright.server.s3.S3Settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The composition root: every object is made here by hand, in the order in which they depend on
/// one another.
public final class Main {
    private static final String PARTITION = "aws";

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(CommandLineInterface.run(arguments, Main::start));
    }

    /// The whole product in this process, for the command line and for benchmarks.
    public static Running start(Configuration configuration) throws CannotStart {
        KeyValueStore data = open(configuration);
        try {
            return start(configuration, data);
        } catch (IOException | PortUnavailable impossible) {
            data.close();
            throw new CannotStart(impossible.getMessage());
        }
    }

    private static Running start(Configuration configuration, KeyValueStore data)
            throws IOException, PortUnavailable {
        String region = configuration.region();
        String account = configuration.account();
        var world = new SystemWorld();

        var s3 = LocalS3.open(
                data,
                configuration.data().resolve("objects"),
                durability(configuration),
                world::now);
        var objects = new LocalObjectStore(s3);
        var tables = new Tables(data, new Account(region, account), world::now);

        var engine = new Engine(
                world,
                new EmbeddedStore(data),
                new Place(PARTITION, region, account),
                integrations(world, tables),
                new ItemReaderTable(objects, account),
                new ResultFiles(objects),
                Limits.STANDARD);

        var services = new Services(Map.of(
                "states",
                new StatesApi(engine.definitions(), engine.executions(), engine.mapRuns(), region),
                "s3",
                new S3Handler(s3, new S3Settings(region, account)),
                "dynamodb",
                new DynamoDbHandler(tables, world::uuid)));
        var endpoint = Endpoint.open(configuration.host(), configuration.port(), services);
        engine.resume();
        return new Assembled(endpoint, engine, data);
    }

    private static Integrations integrations(SystemWorld world, Tables tables) {
        var dynamoDb = new DynamoDbIntegration(tables, world::uuid, world::now);
        var dynamoDbSdk = new DynamoDbSdkIntegration(tables, world::uuid);
        return resource -> switch (resource.service()) {
            case "dynamodb" ->
                DynamoDbIntegration.ACTIONS.contains(resource.action())
                        ? Optional.of(dynamoDb)
                        : Optional.empty();
            case "aws-sdk:dynamodb" -> Optional.of(dynamoDbSdk);
            default -> Optional.empty();
        };
    }

    private static KeyValueStore open(Configuration configuration) throws CannotStart {
        try {
            Path folder = configuration.data().resolve("store");
            return KeyValueStore.open(folder, durability(configuration));
        } catch (StoreUnavailable unavailable) {
            throw new CannotStart(unavailable.getMessage());
        }
    }

    private static Durability durability(Configuration configuration) {
        return switch (configuration.durability()) {
            case FSYNC -> Durability.FSYNC;
            case OS -> Durability.OS;
        };
    }

    private record Assembled(Endpoint open, Engine engine, KeyValueStore data) implements Running {
        @Override
        public URI endpoint() {
            return open.uri();
        }

        @Override
        public void close() {
            open.close();
            engine.shutDown();
            data.close();
        }
    }
}
