package dev.mapwright.server.openmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.metrics.TimeSeries;
import dev.mapwright.adapters.metrics.states.EngineMetrics;
import dev.mapwright.adapters.metrics.states.Gauge;
import dev.mapwright.adapters.metrics.states.Gauges;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.Flavor;
import dev.mapwright.server.http.Endpoint;
import dev.mapwright.server.http.Services;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

class MetricsPageTest {
    private static final Gauges GAUGES = gauge -> gauge == Gauge.APPROXIMATE_OPEN_MAP_RUN_COUNT
            ? OptionalLong.of(4)
            : OptionalLong.empty();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private KeyValueStore store;
    private EngineMetrics metrics;
    private Endpoint endpoint;

    @BeforeEach
    void open() throws Exception {
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
        metrics = new EngineMetrics(new TimeSeries(store));
        var page = new MetricsPage(metrics, GAUGES, InstantSource.system());
        endpoint = Endpoint.open("127.0.0.1", 0, new Services(Map.of(), Map.of("/metrics", page)));
    }

    @AfterEach
    void close() {
        endpoint.close();
        store.close();
        client.close();
    }

    @Test
    void showsAwsMetricsInOpenMetricsSpelling() throws Exception {
        work();
        HttpResponse<String> page =
                get("application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        assertEquals(
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
                page.headers().firstValue("Content-Type").orElse(""));
        assertEquals("""
                # TYPE aws_states_lambda_functions_succeeded counter
                aws_states_lambda_functions_succeeded_total{lambda_function_arn="f\\"1"} 1
                # TYPE aws_states_lambda_function_run_time_milliseconds summary
                aws_states_lambda_function_run_time_milliseconds_count{lambda_function_arn="f\\"1"} 1
                aws_states_lambda_function_run_time_milliseconds_sum{lambda_function_arn="f\\"1"} 40
                # TYPE aws_states_lambda_function_time_milliseconds summary
                aws_states_lambda_function_time_milliseconds_count{lambda_function_arn="f\\"1"} 1
                aws_states_lambda_function_time_milliseconds_sum{lambda_function_arn="f\\"1"} 50
                # TYPE aws_states_approximate_open_map_run_count gauge
                aws_states_approximate_open_map_run_count 4
                # EOF
                """, page.body());
    }

    @Test
    void showsThePrometheusFormatToOthers() throws Exception {
        work();
        HttpResponse<String> page = get("text/plain");
        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                page.headers().firstValue("Content-Type").orElse(""));
        assertEquals(
                "# TYPE aws_states_lambda_functions_succeeded_total counter",
                page.body().lines().findFirst().orElse(""));
    }

    private void work() {
        metrics.ended(
                Flavor.LAMBDA,
                "f\"1",
                new Ending.Succeeded(Json.NULL),
                Optional.of(Duration.ofMillis(40)),
                Duration.ofMillis(50));
    }

    private HttpResponse<String> get(String accepted) throws Exception {
        return client.send(
                HttpRequest.newBuilder(endpoint.uri().resolve("/metrics"))
                        .header("Accept", accepted)
                        .build(),
                BodyHandlers.ofString());
    }
}
