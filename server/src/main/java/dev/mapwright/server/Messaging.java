package dev.mapwright.server;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.queues.Owner;
import dev.mapwright.adapters.queues.Queues;
import dev.mapwright.engine.world.World;
import dev.mapwright.server.config.BuiltInService;
import dev.mapwright.server.config.Configuration;
import dev.mapwright.server.config.ServicePlace;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Origin;
import dev.mapwright.server.sqs.SqsHandler;

import java.util.HashMap;
import java.util.Map;

/// The built-in services that carry messages, as far as they are not elsewhere.
final class Messaging {
    private Messaging() {}

    /// By the name that clients sign for.
    static Map<String, Handler> handlers(
            Configuration configuration, KeyValueStore data, World world, Origin origin) {
        Map<String, Handler> handlers = new HashMap<>();
        if (isHere(configuration, BuiltInService.SQS)) {
            var owner = new Owner(configuration.region(), configuration.account());
            var queues = new Queues(data, owner, world::uuid, world::now);
            handlers.put("sqs", new SqsHandler(queues, world::uuid, origin));
        }
        return handlers;
    }

    private static boolean isHere(Configuration configuration, BuiltInService service) {
        return switch (configuration.place(service)) {
            case ServicePlace.BuiltIn() -> true;
            case ServicePlace.Endpoint _, ServicePlace.Aws _ -> false;
        };
    }
}
