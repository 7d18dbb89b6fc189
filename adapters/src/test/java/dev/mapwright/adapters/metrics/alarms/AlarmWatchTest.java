package dev.mapwright.adapters.metrics.alarms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    private static final AlarmArn ARNS = new AlarmArn("us-east-1", "123456789012");

    @TempDir
    Path folder;

    private final SimulatedWorld world = new SimulatedWorld(7);
    private final Topic topic = new Topic();
    private KeyValueStore store;
    private TimeSeries series;
    private Alarms alarms;

    @BeforeEach
    void open() throws Exception {
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
        series = new TimeSeries(store);
        alarms = new Alarms(store, series);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anAlarmGoesOffAndRecoversAndSaysSoOnceEach() {
        world.run(() -> {
            alarms.put(settings(AlarmSettings.Acting.ENABLED), world.now());
            AlarmWatch.start(world, alarms, ARNS, topic);
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
                List.of("ALARM: \"errors\" in us-east-1", "OK: \"errors\" in us-east-1"),
                topic.subjects);
        assertTrue(
                topic.messages.getFirst().contains("\"NewStateValue\":\"ALARM\"")
                        && topic.messages
                                .getFirst()
                                .contains("\"OldStateValue\":\"INSUFFICIENT_DATA\""),
                topic.messages.getFirst());
    }

    @Test
    void aSilencedAlarmChangesItsStateOnly() {
        world.run(() -> {
            alarms.put(settings(AlarmSettings.Acting.DISABLED), world.now());
            AlarmWatch.start(world, alarms, ARNS, topic);
            add(9);
            world.sleepUntil(world.now().plusSeconds(70));
            assertEquals(Value.ALARM, state());
        });
        assertEquals(List.of(), topic.subjects);
    }

    @Test
    void aChangeThatNobodyWasToldOfIsToldAfterARestart() {
        world.run(() -> {
            alarms.put(settings(AlarmSettings.Acting.ENABLED), world.now());
            alarms.setState("errors", Value.ALARM, "a test", Optional.empty(), world.now());
            alarms = new Alarms(store, series);
            AlarmWatch.start(world, alarms, ARNS, topic);
            world.sleepUntil(world.now().plusSeconds(1));
        });
        assertEquals("ALARM: \"errors\" in us-east-1", topic.subjects.getFirst());
    }

    @Test
    void everythingSurvivesARestart() {
        world.run(() -> alarms.put(settings(AlarmSettings.Acting.ENABLED), world.now()));
        assertEquals(alarms.all(), new Alarms(store, series).all());
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

    private static AlarmSettings settings(AlarmSettings.Acting acting) {
        return new AlarmSettings(
                "errors",
                Optional.of("too many of them"),
                acting,
                Map.of(Value.ALARM, List.of(TOPIC), Value.OK, List.of(TOPIC)),
                ERRORS,
                Statistic.SUM,
                Optional.of(Unit.COUNT),
                60,
                1,
                Optional.empty(),
                5,
                Comparison.GREATER,
                Optional.of(MissingData.IGNORE));
    }

    private static final class Topic implements AlarmActions {
        private final List<String> subjects = new ArrayList<>();
        private final List<String> messages = new ArrayList<>();

        @Override
        public boolean accepts(String actionArn) {
            return actionArn.equals(TOPIC);
        }

        @Override
        public void perform(String actionArn, String subject, String message) {
            subjects.add(subject);
            messages.add(message);
        }
    }
}
