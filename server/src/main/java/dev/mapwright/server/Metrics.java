package dev.mapwright.server;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.metrics.TimeSeries;
import dev.mapwright.adapters.metrics.actions.AlarmActions;
import dev.mapwright.adapters.metrics.alarms.AlarmArn;
import dev.mapwright.adapters.metrics.alarms.AlarmWatch;
import dev.mapwright.adapters.metrics.alarms.Alarms;
import dev.mapwright.adapters.metrics.states.EngineGauges;
import dev.mapwright.adapters.metrics.states.EngineMetrics;
import dev.mapwright.adapters.metrics.states.Recorder;
import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.world.World;
import dev.mapwright.server.cloudwatch.CloudWatchHandler;
import dev.mapwright.server.cloudwatch.Monitoring;
import dev.mapwright.server.config.BuiltInService;
import dev.mapwright.server.config.Configuration;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.openmetrics.MetricsPage;

import java.util.Optional;

/// What measures the engine, assembled: the series, the page, and the built-in CloudWatch if that
/// is where CloudWatch is.
final class Metrics {
    private final World world;
    private final TimeSeries series;
    private final EngineMetrics engine;
    private final EngineGauges gauges;
    private final AlarmArn arns;
    private final AlarmActions actions;
    private final Optional<Alarms> alarms;

    /// From here on the engine's metrics are counted.
    Metrics(
            Configuration configuration,
            KeyValueStore data,
            World world,
            Engine engine,
            Messaging messaging) {
        this.world = world;
        this.series = new TimeSeries(data);
        this.engine = new EngineMetrics(series);
        this.gauges = new EngineGauges(engine);
        this.arns = new AlarmArn(configuration.region(), configuration.account());
        this.actions =
                new AlarmActions(world, data, arns, messaging.targets(), messaging.alarmEvents());
        this.alarms = configuration.isBuiltIn(BuiltInService.CLOUDWATCH)
                ? Optional.of(new Alarms(data, series, actions))
                : Optional.empty();
        engine.tell(this.engine);
        engine.tellOfTasks(this.engine);
    }

    /// `/metrics`
    Handler page() {
        return new MetricsPage(engine, gauges, world::now);
    }

    Optional<Handler> cloudWatch() {
        return alarms.map(own ->
                new CloudWatchHandler(new Monitoring(world::now, series, engine, own, arns)));
    }

    /// Saves what is counted, evaluates alarms from time to time, and does what they ask for.
    Recording record() {
        actions.start();
        return new Recording(
                Recorder.start(world, engine, series, gauges),
                alarms.map(own -> AlarmWatch.start(world, own)),
                actions);
    }

    record Recording(Recorder recorder, Optional<AlarmWatch> alarms, AlarmActions actions) {
        /// Saves what was counted.
        void close() {
            try {
                if (alarms.isPresent()) {
                    alarms.get().close();
                }
                actions.close();
                recorder.close();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
