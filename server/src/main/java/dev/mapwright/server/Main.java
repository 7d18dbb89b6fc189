package dev.mapwright.server;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.RequestSigner;
import dev.mapwright.adapters.items.ItemReaderTable;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.keyvalue.StoreUnavailable;
import dev.mapwright.adapters.objects.local.LocalObjectStore;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.adapters.objects.s3.S3ObjectStore;
import dev.mapwright.adapters.results.ResultFiles;
import dev.mapwright.adapters.services.IntegrationTable;
import dev.mapwright.adapters.services.apigateway.ApiGatewayIntegration;
import dev.mapwright.adapters.services.http.HttpIntegration;
import dev.mapwright.adapters.services.sdk.Plugins;
import dev.mapwright.adapters.services.sdk.SdkServices;
import dev.mapwright.adapters.store.embedded.EmbeddedStore;
import dev.mapwright.adapters.tables.local.Account;
import dev.mapwright.adapters.tables.local.Tables;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.execution.Executions;
import dev.mapwright.engine.execution.Settings;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.Pace;
import dev.mapwright.engine.statetest.StateTests;
import dev.mapwright.engine.world.World;
import dev.mapwright.server.api.StatesApi;
import dev.mapwright.server.cli.CommandLineInterface;
import dev.mapwright.server.cli.Engines.CannotStart;
import dev.mapwright.server.cli.Engines.Running;
import dev.mapwright.server.config.BuiltInService;
import dev.mapwright.server.config.Configuration;
import dev.mapwright.server.config.ServicePlace;
import dev.mapwright.server.control.MapRunControl;
import dev.mapwright.server.dynamodb.DynamoDbHandler;
import dev.mapwright.server.http.Endpoint;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.InProcess;
import dev.mapwright.server.http.Origin;
import dev.mapwright.server.http.PortUnavailable;
import dev.mapwright.server.http.Services;
import dev.mapwright.server.s3.S3Handler;
import dev.mapwright.server.s3.S3Settings;
import dev.mapwright.server.sts.StsHandler;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

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
        } catch (IOException | PortUnavailable | IllegalArgumentException impossible) {
            data.close();
            throw new CannotStart(impossible.getMessage());
        } catch (InterruptedException stopped) {
            data.close();
            Thread.currentThread().interrupt();
            throw new CannotStart("The start was interrupted.");
        }
    }

    private static Running start(Configuration configuration, KeyValueStore data)
            throws IOException, PortUnavailable, InterruptedException {
        String region = configuration.region();
        String account = configuration.account();
        var world = new SystemWorld();

        Optional<Tables> tables = tables(configuration, data, world);
        Map<String, Handler> handlers = new ConcurrentHashMap<>();
        Map<String, Address> addresses = addresses(configuration, handlers);
        Objects objects = objects(configuration, data, world, addresses);

        var place = new Place(PARTITION, region, account);
        var origin = new CompletableFuture<URI>();
        Lambda lambda = Lambda.open(
                configuration, data, new Lambda.Setting(world, place, addresses, origin::join));

        Messaging messaging =
                Messaging.open(configuration, data, world, addresses, new Origin(origin::join));
        handlers.putAll(messaging.handlers());

        var executions = new CompletableFuture<Executions>();
        var integrations = new IntegrationTable(
                world,
                new IntegrationTable.Parts(
                        executions::join, tables, Optional.of(lambda.calls()), objects.store()),
                new SdkServices(addresses, Plugins.in(configuration.plugins())),
                web(configuration, world));
        var engine = new Engine(
                world,
                new EmbeddedStore(data, messaging.statusEvents()),
                place,
                integrations,
                new ItemReaderTable(objects.store(), account),
                new ResultFiles(objects.store(), account),
                settings(configuration));
        executions.complete(engine.executions());

        var tests = new StateTests(world, integrations, place);
        handlers.put("states", new StatesApi(engine, tests, region));
        handlers.put("sts", new StsHandler(account, world::uuid));
        handlers.put(MapRunControl.NAME, new MapRunControl(engine.mapRuns()));
        objects.handler().ifPresent(s3 -> handlers.put("s3", s3));
        tables.ifPresent(
                builtIn -> handlers.put("dynamodb", new DynamoDbHandler(builtIn, world::uuid)));
        lambda.handler(objects.store()).ifPresent(handler -> handlers.put("lambda", handler));
        var dataServices = DataServices.open(configuration, data, objects.store(), place, world);
        handlers.putAll(dataServices.handlers());
        var metrics = new Metrics(configuration, data, world, engine, messaging);
        metrics.cloudWatch().ifPresent(builtIn -> handlers.put("monitoring", builtIn));
        Map<String, Handler> pages = new HashMap<>(messaging.pages());
        pages.put("/metrics", metrics.page());
        var endpoint = Endpoint.open(
                configuration.host(), configuration.port(), new Services(handlers, pages));
        origin.complete(endpoint.uri());
        lambda.resume();
        messaging.start();
        Metrics.Recording recording = metrics.record();
        engine.resume();
        return new Assembled(
                endpoint,
                engine,
                recording,
                integrations,
                dataServices,
                objects,
                lambda,
                messaging,
                data);
    }

    /// API Gateway signs for its APIs as `execute-api`, with the keys of the SDK's module.
    private static IntegrationTable.Web web(Configuration configuration, World world) {
        String apis = "apigateway";
        return new IntegrationTable.Web(
                new HttpIntegration(
                        Connections.of(configuration.connections()),
                        configuration.region(),
                        world::now),
                new ApiGatewayIntegration(
                        new RequestSigner("execute-api", keys(configuration, apis)),
                        region(configuration, apis)));
    }

    /// S3, wherever it is.
    ///
    /// @param handler of the built-in one
    private record Objects(ObjectStore store, Optional<Handler> handler) {
        void close() {
            if (store instanceof S3ObjectStore elsewhere) {
                elsewhere.close();
            }
        }
    }

    private static Objects objects(
            Configuration configuration,
            KeyValueStore data,
            World world,
            Map<String, Address> addresses)
            throws IOException {
        return switch (configuration.place(BuiltInService.S3)) {
            case ServicePlace.BuiltIn() -> {
                LocalS3 s3 = LocalS3.open(
                        data,
                        configuration.data().resolve("objects"),
                        durability(configuration),
                        world::now);
                var settings = new S3Settings(configuration.region(), configuration.account());
                yield new Objects(
                        new LocalObjectStore(s3), Optional.of(new S3Handler(s3, settings)));
            }
            case ServicePlace.Endpoint _, ServicePlace.Aws _ ->
                new Objects(
                        new S3ObjectStore(addresses.get(BuiltInService.S3.module())),
                        Optional.empty());
        };
    }

    private static Optional<Tables> tables(
            Configuration configuration, KeyValueStore data, World world) {
        return switch (configuration.place(BuiltInService.DYNAMODB)) {
            case ServicePlace.BuiltIn() -> {
                var account = new Account(configuration.region(), configuration.account());
                yield Optional.of(new Tables(data, account, world::now));
            }
            case ServicePlace.Endpoint _, ServicePlace.Aws _ -> Optional.empty();
        };
    }

    /// Every service that Tasks can reach through the AWS SDK, by the name of its package there.
    ///
    /// @param handlers of the built-in services, by the name that clients sign for; filled later
    private static Map<String, Address> addresses(
            Configuration configuration, Map<String, Handler> handlers) {
        String region = configuration.region();
        Map<String, Address> addresses = new HashMap<>();
        for (BuiltInService service : BuiltInService.values()) {
            Handler handler = (request, response) ->
                    handlers.get(service.signingName()).handle(request, response);
            addresses.put(service.module(), new Address.InProcess(new InProcess(handler), region));
        }
        configuration.services().forEach((module, place) -> {
            switch (place) {
                case ServicePlace.BuiltIn() -> {}
                case ServicePlace.Endpoint(URI uri) ->
                    addresses.put(
                            module,
                            new Address.Endpoint(
                                    uri,
                                    region(configuration, module),
                                    keys(configuration, module)));
                case ServicePlace.Aws() ->
                    addresses.put(
                            module,
                            new Address.Aws(
                                    region(configuration, module), keys(configuration, module)));
            }
        });
        return addresses;
    }

    private static String region(Configuration configuration, String module) {
        return configuration.access(module).region().orElse(configuration.region());
    }

    private static Optional<Address.Keys> keys(Configuration configuration, String module) {
        return configuration
                .access(module)
                .keys()
                .map(keys -> new Address.Keys(
                        keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken()));
    }

    private static KeyValueStore open(Configuration configuration) throws CannotStart {
        try {
            Path folder = configuration.data().resolve("store");
            return KeyValueStore.open(folder, durability(configuration));
        } catch (StoreUnavailable unavailable) {
            throw new CannotStart(unavailable.getMessage());
        }
    }

    private static Settings settings(Configuration configuration) {
        Map<String, Pace> paces = new HashMap<>();
        configuration
                .rates()
                .forEach((label, rate) ->
                        paces.put(label, new Pace(rate.perSecond(), rate.rampUp())));
        return Settings.of(
                        switch (configuration.quotas()) {
                            case AWS -> Quotas.AWS;
                            case UNLIMITED -> Quotas.UNLIMITED;
                        })
                .withPaces(paces)
                .keeping(configuration.retention());
    }

    private static Durability durability(Configuration configuration) {
        return switch (configuration.durability()) {
            case FSYNC -> Durability.FSYNC;
            case OS -> Durability.OS;
        };
    }

    private record Assembled(
            Endpoint open,
            Engine engine,
            Metrics.Recording metrics,
            IntegrationTable integrations,
            DataServices dataServices,
            Objects objects,
            Lambda lambda,
            Messaging messaging,
            KeyValueStore data)
            implements Running {
        @Override
        public URI endpoint() {
            return open.uri();
        }

        @Override
        public void close() {
            open.close();
            engine.shutDown();
            metrics.close();
            messaging.close();
            lambda.close();
            integrations.close();
            dataServices.close();
            objects.close();
            data.close();
        }
    }
}
