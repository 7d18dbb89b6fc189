package dev.mapwright.server.openmetrics;

import dev.mapwright.adapters.metrics.Samples;
import dev.mapwright.adapters.metrics.Unit;
import dev.mapwright.adapters.metrics.states.EngineMetrics;
import dev.mapwright.adapters.metrics.states.Gauge;
import dev.mapwright.adapters.metrics.states.Gauges;
import dev.mapwright.adapters.metrics.states.MetricName;
import dev.mapwright.adapters.metrics.states.Totals;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// AWS's metrics since the process began, in OpenMetrics' spelling: `ExecutionsStarted` of a state
/// machine is `aws_states_executions_started_total{state_machine_arn="…"}`.
///
/// Answers with the text format of Prometheus to whoever does not accept OpenMetrics.
/// https://prometheus.io/docs/specs/om/open_metrics_spec/
public final class MetricsPage implements Handler {
    private static final String OPEN_METRICS =
            "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final EngineMetrics metrics;
    private final Gauges gauges;
    private final InstantSource clock;

    public MetricsPage(EngineMetrics metrics, Gauges gauges, InstantSource clock) {
        this.metrics = metrics;
        this.gauges = gauges;
        this.clock = clock;
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        metrics.collect(clock.instant());
        TextFormat format = request.header("Accept")
                        .filter(accepted -> accepted.contains("application/openmetrics-text"))
                        .isPresent()
                ? TextFormat.OPEN_METRICS
                : TextFormat.PROMETHEUS;
        var page = new Exposition(format);
        families(metrics.totals()).forEach((metric, sources) -> write(page, metric, sources));
        for (Gauge gauge : Gauge.values()) {
            OptionalLong value = gauges.now(gauge);
            if (value.isPresent()) {
                page.gauge(gauge.metric(), value.getAsLong());
            }
        }
        response.status(200)
                .header(
                        "Content-Type",
                        switch (format) {
                            case OPEN_METRICS -> OPEN_METRICS;
                            case PROMETHEUS -> PROMETHEUS;
                        })
                .send(page.text().getBytes(StandardCharsets.UTF_8));
    }

    /// The samples of one metric have to stand together.
    private static Map<MetricName, Map<Totals, Samples>> families(List<Totals> totals) {
        var families = new LinkedHashMap<MetricName, Map<Totals, Samples>>();
        for (Totals source : totals) {
            source.samples().forEach((metric, samples) -> families.computeIfAbsent(
                            metric, _ -> new LinkedHashMap<>())
                    .put(source, samples));
        }
        return families;
    }

    private static void write(Exposition page, MetricName metric, Map<Totals, Samples> sources) {
        if (metric.unit() == Unit.COUNT) {
            page.counter(metric, sources);
        } else if (metric.text().equals("ExecutionTime")) {
            page.histogram(metric, sources);
        } else {
            page.summary(metric, sources);
        }
    }
}
