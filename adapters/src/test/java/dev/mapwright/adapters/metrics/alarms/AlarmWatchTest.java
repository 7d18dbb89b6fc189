package dev.mapwright.adapters.metrics.alarms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.metrics.Metric;
import dev.mapwright.adapters.metrics.Resolution;
import dev.mapwright.adapters.metrics.Samples;
import dev.mapwright.adapters.metrics.Series;
import dev.mapwright.adapters.metrics.Statistic;
import dev.mapwright.adapters.metrics.TimeSeries;
import dev.mapwright.adapters.metrics.TooManySeries;
import dev.mapwright.adapters.metrics.Unit;
import dev.mapwright.adapters.metrics.alarms.AlarmState.Value;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Alarms in simulated time, over a real store.
class AlarmWatchTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:oncall";
    private static final Metric ERRORS = Metric.of("Logs", "ErrorCount", Map.of());

    @TempDir
    Path folder;

    private final SimulatedWorld world = new SimulatedWorld(7);
    private final List<AlarmChange> changes = new ArrayList<>();
    private KeyValueStore store;
    private TimeSeries series;
    private Alarms alarms;

    @BeforeEach
    void open() throws Exception {
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
        series = new TimeSeries(store);
        alarms = new Alarms(store, series, (_, change) -> changes.add(change));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anAlarmGoesOffAndRecoversAndSaysSoOnceEach() {
        world.run(() -> {
            alarms.put(settings(), world.now());
            AlarmWatch.start(world, alarms);
            world.sleepUntil(world.now().plusSeconds(20));
            assertEquals(Value.INSUFFICIENT_DATA, state());
            add(9);
            world.sleepUntil(world.now().plusSeconds(60));
            assertEquals(Value.ALARM, state());
            add(1);
            world.sleepUntil(world.now().plusSeconds(60));
            assertEquals(Value.OK, state());
            world.sleepUntil(world.now().plusSeconds(20));
        });
        assertEquals(
                List.of("INSUFFICIENT_DATA -> ALARM", "ALARM -> OK"),
                changes.stream()
                        .map(change -> change.before().value() + " -> "
                                + change.alarm().state().value())
                        .toList());
    }

    @Test
    void anAlarmThatIsSetToTheStateItIsInHasNotChanged() {
        world.run(() -> {
            alarms.put(settings(), world.now());
            alarms.setState("errors", Value.ALARM, "a test", Optional.empty(), world.now());
            alarms.setState("errors", Value.ALARM, "another one", Optional.empty(), world.now());
        });
        assertEquals(1, changes.size());
        assertEquals("another one", alarms.find("errors").orElseThrow().state().reason());
    }

    @Test
    void everythingSurvivesARestart() {
        world.run(() -> alarms.put(settings(), world.now()));
        assertEquals(alarms.all(), new Alarms(store, series, (_, _) -> {}).all());
    }

    private Value state() {
        return alarms.find("errors").orElseThrow().state().value();
    }

    private void add(double value) throws InterruptedException {
        try {
            series.add(
                    new Series(ERRORS, Unit.COUNT),
                    Resolution.STANDARD,
                    world.now(),
                    Samples.of(value));
        } catch (TooManySeries impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static AlarmSettings settings() {
        return new AlarmSettings(
                "errors",
                Optional.of("too many of them"),
                AlarmSettings.Acting.ENABLED,
                Map.of(Value.ALARM, List.of(TOPIC), Value.OK, List.of(TOPIC)),
                ERRORS,
                new AlarmRule(
                        Statistic.SUM,
                        Optional.of(Unit.COUNT),
                        60,
                        1,
                        Optional.empty(),
                        5,
                        Comparison.GREATER,
                        Optional.of(MissingData.IGNORE)));
    }
}
