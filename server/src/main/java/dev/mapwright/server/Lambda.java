package dev.mapwright.server;

import dev.mapwright.adapters.aws.Address;
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
import dev.mapwright.server.config.ServicePlace;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.lambda.LambdaHandler;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Lambda, wherever it is.
///
/// @param calls how Tasks reach functions
record Lambda(FunctionCalls calls, Optional<Functions> builtIn) implements AutoCloseable {
    private static final int PROCESSES_MAX = 10;

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
                        () -> Map.of("AWS_ENDPOINT_URL", setting.origin().get().toString()),
                        PROCESSES_MAX);
                var functions = Functions.open(surroundings, data, List.of());
                yield new Lambda(functions, Optional.of(functions));
            }
            case ServicePlace.Endpoint _, ServicePlace.Aws _ -> {
                Address address = setting.addresses().get(BuiltInService.LAMBDA.module());
                yield new Lambda(new RemoteFunctions(address), Optional.empty());
            }
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
