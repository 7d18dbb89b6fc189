package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.clients.JavaClients;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.MapRunExecutionCounts;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What a map run says of itself, its metrics say too.
class MetricsTest {
    private static final String MACHINE = """
            {"StartAt": "Each", "States": {"Each": {"Type": "Map", "Label": "Each", "End": true,
              "ToleratedFailurePercentage": 100,
              "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                "StartAt": "Odd", "States": {
                  "Odd": {"Type": "Choice", "Default": "Count",
                    "Choices": [{"Variable": "$", "NumericLessThan": 7, "Next": "Refuse"}]},
                  "Refuse": {"Type": "Fail", "Error": "TooSmall"},
                  "Count": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:cloudwatch:putMetricData",
                    "Parameters": {"Namespace": "Numbers", "MetricData": [{"MetricName": "Seen", "Value.$": "$"}]},
                    "End": true}}}}}}
            """;

    @TempDir
    Path folder;

    @Test
    void theFiguresOfAMapRunAreThoseOfItsMetricsAlsoAfterARestart() throws Exception {
        Path data = folder.resolve("data");
        String children;
        try (var served = Served.on(data);
                SfnClient states = states(served.endpoint());
                CloudWatchClient metrics = metrics(served.endpoint())) {
            String machine = states.createStateMachine(request -> request.name("numbers")
                            .definition(MACHINE)
                            .roleArn("arn:aws:iam::123456789012:role/r"))
                    .stateMachineArn();
            children = machine + "/Each";
            MapRunExecutionCounts counts = run(states, machine);
            assertEquals(7, counts.failed());
            assertEquals(33, counts.succeeded());
            check(metrics, children);
            String page = page(served.endpoint());
            assertTrue(
                    page.contains(
                            "aws_states_executions_succeeded_total{state_machine_arn=\"%s\"} 33\n"
                                    .formatted(children)),
                    page);
            served.stop();
        }
        try (var served = Served.on(data);
                CloudWatchClient metrics = metrics(served.endpoint())) {
            check(metrics, children);
        }
    }

    private static MapRunExecutionCounts run(SfnClient states, String machine)
            throws InterruptedException {
        List<Integer> items = IntStream.range(0, 40).boxed().toList();
        String execution = states.startExecution(request ->
                        request.stateMachineArn(machine).input(Json.of(items).text()))
                .executionArn();
        while (states.describeExecution(request -> request.executionArn(execution))
                        .status()
                == ExecutionStatus.RUNNING) {
            Thread.sleep(Duration.ofMillis(50));
        }
        String run = states.listMapRuns(request -> request.executionArn(execution))
                .mapRuns()
                .getFirst()
                .mapRunArn();
        return states.describeMapRun(request -> request.mapRunArn(run)).executionCounts();
    }

    private static void check(CloudWatchClient metrics, String children) {
        Map<String, String> machine = Map.of("StateMachineArn", children);
        assertEquals(40, read(metrics, "AWS/States", "ExecutionsStarted", machine, Statistic.SUM));
        assertEquals(
                80,
                read(metrics, "AWS/States", "ExecutionsStarted", machine, Statistic.SAMPLE_COUNT));
        assertEquals(
                33, read(metrics, "AWS/States", "ExecutionsSucceeded", machine, Statistic.SUM));
        assertEquals(7, read(metrics, "AWS/States", "ExecutionsFailed", machine, Statistic.SUM));
        assertEquals(
                40, read(metrics, "AWS/States", "ExecutionTime", machine, Statistic.SAMPLE_COUNT));
        assertEquals(41, read(metrics, "AWS/States", "ExecutionsStarted", Map.of(), Statistic.SUM));
        assertEquals(
                33,
                read(
                        metrics,
                        "AWS/States",
                        "ServiceIntegrationsSucceeded",
                        Map.of(
                                "ServiceIntegrationResourceArn",
                                "arn:aws:states:::aws-sdk:cloudwatch:putMetricData"),
                        Statistic.SUM));
        assertEquals(759, read(metrics, "Numbers", "Seen", Map.of(), Statistic.SUM));
    }

    private static double read(
            CloudWatchClient metrics,
            String namespace,
            String name,
            Map<String, String> dimensions,
            Statistic statistic) {
        Instant now = Instant.now();
        return metrics
                .getMetricStatistics(request -> request.namespace(namespace)
                        .metricName(name)
                        .dimensions(dimensions.entrySet().stream()
                                .map(one -> Dimension.builder()
                                        .name(one.getKey())
                                        .value(one.getValue())
                                        .build())
                                .toList())
                        .startTime(now.minus(Duration.ofMinutes(30)))
                        .endTime(now.plus(Duration.ofMinutes(5)))
                        .period(60)
                        .statistics(statistic))
                .datapoints()
                .stream()
                .mapToDouble(
                        point -> statistic == Statistic.SUM ? point.sum() : point.sampleCount())
                .sum();
    }

    private static String page(URI endpoint) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(endpoint.resolve("/metrics")).build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    private static SfnClient states(URI endpoint) {
        return new JavaClients(endpoint).make(SfnClient.builder());
    }

    private static CloudWatchClient metrics(URI endpoint) {
        return new JavaClients(endpoint).make(CloudWatchClient.builder());
    }
}
