package dev.mapwright.server.cloudwatch;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.metrics.TimeSeries;
import dev.mapwright.adapters.metrics.alarms.AlarmArn;
import dev.mapwright.adapters.metrics.alarms.Alarms;
import dev.mapwright.adapters.metrics.states.EngineMetrics;
import dev.mapwright.server.http.Endpoint;
import dev.mapwright.server.http.Services;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// The built-in CloudWatch alone, on a loopback port.
final class CloudWatchServer implements AutoCloseable {
    private final KeyValueStore store;
    private final Endpoint endpoint;

    CloudWatchServer(Path folder, InstantSource clock) throws Exception {
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
        var series = new TimeSeries(store);
        var monitoring = new Monitoring(
                clock,
                series,
                new EngineMetrics(series),
                new Alarms(store, series, (_, _) -> {}),
                new AlarmArn("us-east-1", "123456789012"));
        endpoint = Endpoint.open(
                "127.0.0.1",
                0,
                new Services(Map.of("monitoring", new CloudWatchHandler(monitoring))));
    }

    URI uri() {
        return endpoint.uri();
    }

    @Override
    public void close() {
        endpoint.close();
        store.close();
    }
}
