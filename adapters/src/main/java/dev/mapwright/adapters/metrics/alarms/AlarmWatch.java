package dev.mapwright.adapters.metrics.alarms;

import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;

/// The strand that evaluates alarms.
public final class AlarmWatch {
    private static final Duration EVALUATING = Duration.ofSeconds(5);

    private final World world;
    private final Alarms alarms;
    private final Strand strand;

    private AlarmWatch(World world, Alarms alarms) {
        this.world = world;
        this.alarms = alarms;
        this.strand = world.start("alarms", this::watch);
    }

    public static AlarmWatch start(World world, Alarms alarms) {
        return new AlarmWatch(world, alarms);
    }

    private void watch() throws InterruptedException {
        while (true) {
            Instant now = world.now();
            alarms.evaluate(now);
            world.sleepUntil(now.plus(EVALUATING));
        }
    }

    public void close() throws InterruptedException {
        strand.cancel();
        strand.join();
    }
}
