package dev.mapwright.server;

import dev.mapwright.adapters.delivery.DeliveryStreams;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.parameters.Secrets;
import dev.mapwright.adapters.parameters.Values;
import dev.mapwright.adapters.sql.Queries;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.world.World;
import dev.mapwright.server.athena.AthenaApi;
import dev.mapwright.server.config.BuiltInService;
import dev.mapwright.server.config.Configuration;
import dev.mapwright.server.firehose.FirehoseApi;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.secretsmanager.SecretsApi;
import dev.mapwright.server.ssm.SsmApi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The built-in services around data: Athena, Firehose, the parameter store and Secrets Manager.
/// Those that the configuration places elsewhere are not opened.
///
/// @param handlers by the name that clients sign for
/// @param open what is to be closed, the last one first
record DataServices(Map<String, Handler> handlers, List<Runnable> open) {
    static DataServices open(
            Configuration configuration,
            KeyValueStore data,
            ObjectStore objects,
            Place place,
            World world)
            throws IOException, InterruptedException {
        Map<String, Handler> handlers = new HashMap<>();
        var open = new ArrayList<Runnable>();
        if (configuration.isBuiltIn(BuiltInService.ATHENA)) {
            Configuration.Athena athena = configuration.athena();
            var settings = new Queries.Settings(
                    configuration.data().resolve("athena"),
                    athena.queriesMax(),
                    athena.memoryMegabytes());
            var queries = new Queries(data, objects, world, settings);
            open.addFirst(queries::close);
            handlers.put(
                    BuiltInService.ATHENA.signingName(),
                    AthenaApi.handler(queries, place, world::now));
        }
        if (configuration.isBuiltIn(BuiltInService.FIREHOSE)) {
            var streams = new DeliveryStreams(data, objects, world);
            open.addFirst(streams::close);
            handlers.put(
                    BuiltInService.FIREHOSE.signingName(),
                    FirehoseApi.handler(streams, place, world));
        }
        if (configuration.isBuiltIn(BuiltInService.SSM)) {
            var parameters = new Values(data, configuration.parameters(), world);
            handlers.put(BuiltInService.SSM.signingName(), SsmApi.handler(parameters, place));
        }
        if (configuration.isBuiltIn(BuiltInService.SECRETS_MANAGER)) {
            var secrets = new Secrets(data, configuration.secrets(), world);
            handlers.put(
                    BuiltInService.SECRETS_MANAGER.signingName(),
                    SecretsApi.handler(secrets, place, world));
        }
        return new DataServices(handlers, open);
    }

    void close() {
        open.forEach(Runnable::run);
    }
}
