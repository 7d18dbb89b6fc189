package dev.mapwright.server;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.functions.Function;
import dev.mapwright.adapters.functions.FunctionCode;
import dev.mapwright.adapters.functions.FunctionSettings;
import dev.mapwright.adapters.functions.Functions;
import dev.mapwright.adapters.functions.Surroundings;
import dev.mapwright.adapters.functions.invocation.FunctionCalls;
import dev.mapwright.adapters.functions.remote.RemoteFunctions;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.world.World;
import dev.mapwright.server.config.BuiltInService;
import dev.mapwright.server.config.Configuration;
import dev.mapwright.server.config.FunctionDeclaration;
import dev.mapwright.server.config.FunctionDeclaration.Code;
import dev.mapwright.server.config.ServicePlace;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.lambda.LambdaHandler;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Lambda, wherever it is.
///
/// @param calls how Tasks reach functions
record Lambda(FunctionCalls calls, Optional<Functions> builtIn) implements AutoCloseable {
    /// A declared function has no role, but Lambda shows one of every function.
    private static final String ROLE = "arn:aws:iam::%s:role/mapwright-function";

    /// @param addresses of all services, for a Lambda that is elsewhere
    /// @param origin of this server, asked for once it is open
    record Setting(
            World world, Place place, Map<String, Address> addresses, Supplier<URI> origin) {}

    static Lambda open(Configuration configuration, KeyValueStore data, Setting setting)
            throws IOException {
        return switch (configuration.place(BuiltInService.LAMBDA)) {
            case ServicePlace.BuiltIn() -> {
                var surroundings = new Surroundings(
                        setting.world(),
                        setting.place(),
                        configuration.data().resolve("functions"),
                        () -> EndpointVariables.of(
                                setting.origin().get(), configuration.services()),
                        configuration.functionProcesses());
                List<Function> declared = configuration.functions().stream()
                        .map(one -> declared(one, configuration, setting.world()))
                        .toList();
                var functions = Functions.open(surroundings, data, declared);
                yield new Lambda(functions, Optional.of(functions));
            }
            case ServicePlace.Endpoint _, ServicePlace.Aws _ -> {
                Address address = setting.addresses().get(BuiltInService.LAMBDA.module());
                yield new Lambda(new RemoteFunctions(setting.world(), address), Optional.empty());
            }
        };
    }

    private static Function declared(
            FunctionDeclaration declaration, Configuration configuration, World world) {
        String runtime = "";
        String handler = "";
        Map<String, String> environment = Map.of();
        FunctionCode code =
                switch (declaration.code()) {
                    case Code.Processes processes -> {
                        runtime = processes.runtime();
                        handler = processes.handler();
                        environment = processes.environment();
                        yield new FunctionCode.Folder(processes.folder());
                    }
                    case Code.JavaClass(String name, Optional<Path> place) -> {
                        runtime = "java" + Runtime.version().feature();
                        handler = name;
                        yield new FunctionCode.InProcess(place);
                    }
                    case Code.Elsewhere(ServicePlace place) ->
                        new FunctionCode.Elsewhere(address(place, configuration.region()));
                };
        var settings = new FunctionSettings(
                runtime,
                handler,
                ROLE.formatted(configuration.account()),
                "",
                declaration.timeoutSeconds(),
                declaration.memoryMegabytes(),
                environment,
                Map.of());
        return Function.declared(
                declaration.name(), settings, code, world.now(), declaration.concurrency());
    }

    private static Address address(ServicePlace place, String region) {
        return switch (place) {
            case ServicePlace.Endpoint(URI uri) ->
                new Address.Endpoint(uri, region, Optional.empty());
            case ServicePlace.Aws() -> new Address.Aws(region, Optional.empty());
            case ServicePlace.BuiltIn() ->
                throw new IllegalStateException("expected a place elsewhere");
        };
    }

    /// @param objects where functions' code can be fetched from
    Optional<Handler> handler(ObjectStore objects) {
        return builtIn.map(functions -> new LambdaHandler(functions, objects));
    }

    void resume() {
        builtIn.ifPresent(Functions::resume);
    }

    @Override
    public void close() {
        calls.close();
    }
}
