package dev.mapwright.adapters.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.keyvalue.KeyValueStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class TimeSeriesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Metric ERRORS = Metric.of("Logs", "ErrorCount", Map.of("Hour", "03"));
    private static final Series COUNTED = new Series(ERRORS, Unit.COUNT);

    @TempDir
    Path folder;

    private KeyValueStore store;
    private TimeSeries series;

    @BeforeEach
    void open() throws Exception {
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
        series = new TimeSeries(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void samplesOfAPeriodAddUp() throws Exception {
        add(NOON, 4);
        add(NOON.plusSeconds(59), 1);
        add(NOON.plusSeconds(60), 7);
        assertEquals(
                List.of(
                        point(NOON, new Samples(2, 5, 1, 4)),
                        point(NOON.plusSeconds(60), new Samples(1, 7, 7, 7))),
                read(60));
        assertEquals(List.of(point(NOON, new Samples(3, 12, 1, 7))), read(300));
        assertEquals(List.of(point(NOON, new Samples(3, 12, 1, 7))), read(3_600));
    }

    @Test
    void whatWasSavedAndWhatCameSinceAddUp() throws Exception {
        add(NOON, 1);
        series.save();
        add(NOON, 2);
        assertEquals(List.of(point(NOON, new Samples(2, 3, 1, 2))), read(60));
        series.save();
        series.save();
        add(NOON, 3);
        series.save();
        series = new TimeSeries(store);
        assertEquals(List.of(point(NOON, new Samples(3, 6, 1, 3))), read(60));
        assertEquals(List.of(point(NOON, new Samples(3, 6, 1, 3))), read(3_600));
    }

    @Test
    void whatWasNotSavedIsGoneWithTheProcess() throws Exception {
        add(NOON, 1);
        assertEquals(List.of(), new TimeSeries(store).metrics(_ -> true, Instant.EPOCH));
    }

    @Test
    void aSecondIsKeptForHighResolutionOnly() throws Exception {
        series.add(COUNTED, Resolution.HIGH, NOON.plusSeconds(1), Samples.of(1));
        series.add(COUNTED, Resolution.HIGH, NOON.plusSeconds(6), Samples.of(2));
        assertEquals(
                List.of(
                        point(NOON, new Samples(1, 1, 1, 1)),
                        point(NOON.plusSeconds(5), new Samples(1, 2, 2, 2))),
                read(5));
        var standard = new Series(Metric.of("Logs", "Lines", Map.of()), Unit.COUNT);
        series.add(standard, Resolution.STANDARD, NOON.plusSeconds(6), Samples.of(2));
        assertEquals(
                List.of(point(NOON, new Samples(1, 2, 2, 2))),
                series.read(new MetricQuery(
                        standard.metric(), Optional.empty(), NOON, NOON.plusSeconds(60), 5)));
    }

    @Test
    void unitsAreApartUnlessTakenTogether() throws Exception {
        add(NOON, 1);
        series.add(new Series(ERRORS, Unit.NONE), Resolution.STANDARD, NOON, Samples.of(10));
        assertEquals(
                List.of(point(NOON, Samples.of(1)), new Datapoint(NOON, Samples.of(10), Unit.NONE)),
                read(60));
        assertEquals(
                List.of(new Samples(2, 11, 1, 10)),
                series.readTogether(query(60)).stream().map(Datapoint::samples).toList());
    }

    @Test
    void listsMetricsThatWereActiveSince() throws Exception {
        add(NOON, 1);
        series.add(
                new Series(Metric.of("Logs", "Old", Map.of()), Unit.COUNT),
                Resolution.STANDARD,
                NOON.minus(Duration.ofDays(3)),
                Samples.of(1));
        assertEquals(List.of(ERRORS), series.metrics(_ -> true, NOON.minus(Duration.ofHours(3))));
        assertEquals(
                2, series.metrics(_ -> true, NOON.minus(Duration.ofDays(14))).size());
    }

    @Test
    void fineSamplesAreDroppedBeforeCoarseOnes() throws Exception {
        add(NOON, 1);
        series.save();
        series.sweep(NOON.plus(Duration.ofDays(16)));
        assertEquals(List.of(), read(60));
        assertEquals(List.of(point(NOON, Samples.of(1))), read(300));
        series.sweep(NOON.plus(Duration.ofDays(64)));
        assertEquals(List.of(), read(300));
        assertEquals(List.of(point(NOON, Samples.of(1))), read(3_600));
        series.sweep(NOON.plus(Duration.ofDays(456)));
        assertEquals(List.of(), read(3_600));
        assertEquals(List.of(), new TimeSeries(store).metrics(_ -> true, Instant.EPOCH));
    }

    @Test
    void olderStartsAreRoundedDownFurther() {
        Instant odd = NOON.plusSeconds(7 * 60 + 13);
        assertEquals(NOON.plusSeconds(7 * 60), whole(odd, NOON.plus(Duration.ofDays(1))));
        assertEquals(NOON.plusSeconds(5 * 60), whole(odd, NOON.plus(Duration.ofDays(16))));
        assertEquals(NOON, whole(odd, NOON.plus(Duration.ofDays(64))));
    }

    @Test
    void samplesNeedACount() {
        assertThrows(IllegalArgumentException.class, () -> new Samples(0, 0, 0, 0));
    }

    private static Instant whole(Instant start, Instant now) {
        return new MetricQuery(ERRORS, Optional.empty(), start, now, 60)
                .startingWhole(now)
                .start();
    }

    private void add(Instant at, double value) throws Exception {
        series.add(COUNTED, Resolution.STANDARD, at, Samples.of(value));
    }

    private List<Datapoint> read(int periodSeconds) {
        return series.read(query(periodSeconds));
    }

    private static MetricQuery query(int periodSeconds) {
        return new MetricQuery(
                ERRORS, Optional.empty(), NOON, NOON.plusSeconds(3_600), periodSeconds);
    }

    private static Datapoint point(Instant at, Samples samples) {
        return new Datapoint(at, samples, Unit.COUNT);
    }
}
