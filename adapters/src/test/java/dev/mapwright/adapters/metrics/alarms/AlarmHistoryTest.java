package dev.mapwright.adapters.metrics.alarms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.metrics.Metric;
import dev.mapwright.adapters.metrics.Statistic;
import dev.mapwright.adapters.metrics.alarms.AlarmHistory.Entry;
import dev.mapwright.adapters.metrics.alarms.AlarmHistory.Order;
import dev.mapwright.adapters.metrics.alarms.AlarmHistory.Query;
import dev.mapwright.adapters.metrics.alarms.AlarmState.Value;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

class AlarmHistoryTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int CHANGES_MAX = 3;

    @TempDir
    Path folder;

    private KeyValueStore store;
    private AlarmHistory history;

    @BeforeEach
    void open() throws Exception {
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
        history = new AlarmHistory(store, CHANGES_MAX);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void saysBothStatesInTheWordsOfCloudWatch() throws Exception {
        AlarmState before = state(Value.OK, 0, Optional.empty());
        AlarmState after = state(Value.ALARM, 1, Optional.of("{\"version\":\"1.0\"}"));
        add("errors", before, after);

        assertEquals(
                List.of(new Entry(
                        0,
                        "errors",
                        START.plusSeconds(1),
                        "Alarm updated from OK to ALARM",
                        "{\"version\":\"1.0\",\"oldState\":{\"stateValue\":\"OK\",\"stateReason\":\"at 0\"},"
                                + "\"newState\":{\"stateValue\":\"ALARM\",\"stateReason\":\"at 1\","
                                + "\"stateReasonData\":{\"version\":\"1.0\"}}}")),
                read(all(Order.NEWEST_FIRST)));
    }

    @Test
    void keepsTheNewestChangesAndGoesOnCountingAfterARestart() throws Exception {
        change("a", 1);
        change("b", 2);
        history = new AlarmHistory(store, CHANGES_MAX);
        change("c", 3);
        change("d", 4);

        assertEquals("d c b", names(all(Order.NEWEST_FIRST), OptionalLong.empty(), 10));
        assertEquals("b c d", names(all(Order.OLDEST_FIRST), OptionalLong.empty(), 10));
    }

    @Test
    void goesOnBehindAnEntryInEitherOrder() throws Exception {
        change("a", 1);
        change("b", 2);
        change("c", 3);

        assertEquals("c b", names(all(Order.NEWEST_FIRST), OptionalLong.empty(), 2));
        assertEquals("a", names(all(Order.NEWEST_FIRST), OptionalLong.of(1), 2));
        assertEquals("", names(all(Order.NEWEST_FIRST), OptionalLong.of(0), 2));
        assertEquals("a b", names(all(Order.OLDEST_FIRST), OptionalLong.empty(), 2));
        assertEquals("c", names(all(Order.OLDEST_FIRST), OptionalLong.of(1), 2));
    }

    @Test
    void findsTheChangesOfOneAlarmAndOfATime() throws Exception {
        change("a", 1);
        change("b", 2);
        change("a", 3);

        var ofA = new Query(Optional.of("a"), START, START.plusSeconds(9), Order.OLDEST_FIRST);
        var then = new Query(
                Optional.empty(), START.plusSeconds(2), START.plusSeconds(2), Order.OLDEST_FIRST);
        assertEquals("a a", names(ofA, OptionalLong.empty(), 10));
        assertEquals("b", names(then, OptionalLong.empty(), 10));
    }

    private void change(String name, int second) throws InterruptedException {
        add(
                name,
                state(Value.OK, second - 1, Optional.empty()),
                state(Value.ALARM, second, Optional.empty()));
    }

    private void add(String name, AlarmState before, AlarmState after) throws InterruptedException {
        var batch = new Batch();
        history.add(batch, new AlarmChange(new Alarm(settings(name), after, START), before));
        store.commit(batch);
    }

    private static AlarmState state(Value value, int second, Optional<String> data) {
        Instant time = START.plusSeconds(second);
        return new AlarmState(value, "at " + second, data, time, time);
    }

    private static Query all(Order order) {
        return new Query(Optional.empty(), START, START.plusSeconds(60), order);
    }

    private List<Entry> read(Query query) {
        return history.read(query, OptionalLong.empty(), 10);
    }

    private String names(Query query, OptionalLong after, int sizeMax) {
        return String.join(
                " ",
                history.read(query, after, sizeMax).stream().map(Entry::alarm).toList());
    }

    private static AlarmSettings settings(String name) {
        return new AlarmSettings(
                name,
                Optional.empty(),
                AlarmSettings.Acting.ENABLED,
                Map.of(),
                Metric.of("Logs", "ErrorCount", Map.of()),
                new AlarmRule(
                        Statistic.SUM,
                        Optional.empty(),
                        60,
                        1,
                        Optional.empty(),
                        5,
                        Comparison.GREATER,
                        Optional.empty()));
    }
}
