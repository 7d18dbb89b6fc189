package dev.mapwright.adapters.metrics.states;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.metrics.Datapoint;
import dev.mapwright.adapters.metrics.Metric;
import dev.mapwright.adapters.metrics.MetricQuery;
import dev.mapwright.adapters.metrics.Samples;
import dev.mapwright.adapters.metrics.TimeSeries;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.Flavor;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.Execution.Type;

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
import java.util.OptionalLong;

class EngineMetricsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String MACHINE =
            "arn:aws:states:us-east-1:123456789012:stateMachine:orders";
    private static final String ACTIVITY = "arn:aws:states:us-east-1:123456789012:activity:pack";
    private static final Map<String, String> NONE = Map.of();
    private static final Map<String, String> OF_MACHINE = Map.of("StateMachineArn", MACHINE);

    @TempDir
    Path folder;

    private KeyValueStore store;
    private TimeSeries series;
    private EngineMetrics metrics;

    @BeforeEach
    void open() throws Exception {
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
        series = new TimeSeries(store);
        metrics = new EngineMetrics(series);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anExecutionGivesTwoSamplesOfEachCounter() throws Exception {
        metrics.started(running(Type.STANDARD));
        metrics.ended(ended(running(Type.STANDARD), Status.SUCCEEDED, 250));
        assertEquals(new Samples(2, 1, 0, 1), read("ExecutionsStarted", NONE));
        assertEquals(new Samples(2, 1, 0, 1), read("ExecutionsStarted", OF_MACHINE));
        assertEquals(new Samples(2, 1, 0, 1), read("ExecutionsSucceeded", OF_MACHINE));
        assertEquals(new Samples(2, 0, 0, 0), read("ExecutionsFailed", OF_MACHINE));
        assertEquals(new Samples(1, 250, 250, 250), read("ExecutionTime", NONE));
    }

    @Test
    void aRedriveCountsAsOneAndNotAsAStart() throws Exception {
        Execution first = running(Type.STANDARD);
        metrics.started(first);
        metrics.ended(ended(first, Status.FAILED, 100));
        Execution again = first.redriven(NOON.plusSeconds(5));
        metrics.redriven(again);
        metrics.ended(ended(again, Status.FAILED, 9_000));
        assertEquals(1, read("ExecutionsStarted", OF_MACHINE).sum());
        assertEquals(2, read("ExecutionsFailed", OF_MACHINE).sum());
        assertEquals(1, read("ExecutionsRedriven", OF_MACHINE).sum());
        assertEquals(1, read("RedrivenExecutionsFailed", OF_MACHINE).sum());
        assertEquals(0, read("RedrivenExecutionsSucceeded", OF_MACHINE).sum());
        assertEquals(new Samples(1, 100, 100, 100), read("ExecutionTime", OF_MACHINE));
    }

    @Test
    void expressExecutionsAreBilledInStepsOfHundredMilliseconds() throws Exception {
        metrics.ended(ended(running(Type.EXPRESS), Status.SUCCEEDED, 101));
        assertEquals(200, read("ExpressExecutionBilledDuration", OF_MACHINE).sum());
        assertEquals(67_108_864, read("ExpressExecutionBilledMemory", NONE).sum());
    }

    @Test
    void versionsAndAliasesHaveDimensionsOfTheirOwn() throws Exception {
        metrics.started(running(
                Type.STANDARD, Optional.of(MACHINE + ":3"), Optional.of(MACHINE + ":PROD")));
        assertEquals(
                1,
                read("ExecutionsStarted", Map.of("StateMachineArn", MACHINE, "Version", "3"))
                        .sum());
        assertEquals(
                1,
                read("ExecutionsStarted", Map.of("StateMachineArn", MACHINE, "Alias", "PROD"))
                        .sum());
        assertEquals(1, read("ExecutionsStarted", OF_MACHINE).sum());
    }

    @Test
    void tasksAreCountedUnderTheNamesOfTheirKind() throws Exception {
        metrics.scheduled(Flavor.LAMBDA, "f");
        metrics.started(Flavor.LAMBDA, "f", Duration.ofMillis(3));
        metrics.ended(
                Flavor.LAMBDA,
                "f",
                new Ending.TimedOut(Failure.of("States.Timeout")),
                Optional.of(Duration.ofMillis(40)),
                Duration.ofMillis(43));
        Map<String, String> function = Map.of("LambdaFunctionArn", "f");
        assertEquals(1, read("LambdaFunctionsScheduled", function).sum());
        assertEquals(3, read("LambdaFunctionScheduleTime", function).sum());
        assertEquals(1, read("LambdaFunctionsTimedOut", function).sum());
        assertEquals(40, read("LambdaFunctionRunTime", function).sum());
        assertEquals(43, read("LambdaFunctionTime", function).sum());
        metrics.ended(
                Flavor.ACTIVITY,
                ACTIVITY,
                new Ending.TimedOut(Failure.of("States.HeartbeatTimeout")),
                Optional.empty(),
                Duration.ofSeconds(1));
        assertEquals(
                1,
                read("ActivitiesHeartbeatTimedOut", Map.of("ActivityArn", ACTIVITY))
                        .sum());
        assertEquals(1, read("ActivitiesHeartbeatTimedOut", NONE).sum());
    }

    @Test
    void gaugesThatReportNothingGiveNoSample() throws Exception {
        Gauges gauges = gauge -> gauge == Gauge.APPROXIMATE_OPEN_MAP_RUN_COUNT
                ? OptionalLong.of(4)
                : OptionalLong.empty();
        metrics.look(gauges, NOON);
        metrics.look(gauges, NOON);
        assertEquals(new Samples(2, 8, 4, 4), read("ApproximateOpenMapRunCount", NONE));
        assertEquals(1, series.metrics(_ -> true, Instant.EPOCH).size());
    }

    @Test
    void totalsGoOnAfterTheSamplesWereHandedOver() throws Exception {
        metrics.ended(ended(running(Type.STANDARD), Status.SUCCEEDED, 30));
        metrics.collect(NOON);
        metrics.ended(ended(running(Type.STANDARD), Status.SUCCEEDED, 70));
        metrics.collect(NOON);
        Totals totals = metrics.totals().getFirst();
        assertEquals(OF_MACHINE, totals.dimensions());
        assertEquals(
                2, totals.samples().get(MetricName.count("ExecutionsSucceeded")).sum());
        assertEquals(
                List.of(
                        new Totals.Bucket(10, 0),
                        new Totals.Bucket(50, 1),
                        new Totals.Bucket(100, 2)),
                totals.executionTimes().subList(0, 3));
        assertEquals(
                new Totals.Bucket(Long.MAX_VALUE, 2), totals.executionTimes().getLast());
    }

    /// All samples of the minute.
    private Samples read(String name, Map<String, String> dimensions) throws Exception {
        metrics.collect(NOON);
        var query = new MetricQuery(
                Metric.of("AWS/States", name, dimensions),
                Optional.empty(),
                NOON,
                NOON.plusSeconds(60),
                60);
        List<Datapoint> points = series.read(query);
        assertEquals(1, points.size(), name);
        return points.getFirst().samples();
    }

    private static Execution running(Type type) {
        return running(type, Optional.empty(), Optional.empty());
    }

    private static Execution running(Type type, Optional<String> version, Optional<String> alias) {
        return new Execution(
                "arn:aws:states:us-east-1:123456789012:execution:orders:1",
                MACHINE,
                "1",
                type,
                "d",
                "role",
                Json.EMPTY_OBJECT,
                Status.RUNNING,
                NOON,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                version,
                alias,
                Optional.empty());
    }

    private static Execution ended(Execution execution, Status how, long milliseconds) {
        return execution.ended(
                how, NOON.plusMillis(milliseconds), Optional.empty(), Optional.empty());
    }
}
