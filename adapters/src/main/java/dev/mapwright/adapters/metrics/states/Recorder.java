package dev.mapwright.adapters.metrics.states;

import dev.mapwright.adapters.metrics.TimeSeries;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;

/// The strand that collects what the engine counted, looks at the gauges, saves, and drops what is
/// old.
public final class Recorder {
    /// What a crash may lose.
    private static final Duration SAVING = Duration.ofSeconds(1);

    private static final Duration LOOKING = Duration.ofSeconds(5);
    private static final Duration SWEEPING = Duration.ofHours(1);

    private final World world;
    private final EngineMetrics metrics;
    private final TimeSeries series;
    private final Gauges gauges;
    private final Strand strand;

    private Recorder(World world, EngineMetrics metrics, TimeSeries series, Gauges gauges) {
        this.world = world;
        this.metrics = metrics;
        this.series = series;
        this.gauges = gauges;
        this.strand = world.start("metrics", this::record);
    }

    public static Recorder start(
            World world, EngineMetrics metrics, TimeSeries series, Gauges gauges) {
        return new Recorder(world, metrics, series, gauges);
    }

    private void record() throws InterruptedException {
        Instant look = world.now();
        Instant sweep = world.now();
        while (true) {
            Instant now = world.now();
            metrics.collect(now);
            if (!now.isBefore(look)) {
                metrics.look(gauges, now);
                look = now.plus(LOOKING);
            }
            series.save();
            if (!now.isBefore(sweep)) {
                series.sweep(now);
                sweep = now.plus(SWEEPING);
            }
            world.sleepUntil(now.plus(SAVING));
        }
    }

    /// Ends the strand and saves what is there.
    public void close() throws InterruptedException {
        strand.cancel();
        strand.join();
        metrics.collect(world.now());
        series.save();
    }
}
