package dev.mapwright.server.cloudwatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.server.clients.JavaClients;
import dev.mapwright.testkit.clients.MachineClients;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Real clients: that of Java speaks Query, that of Python and the AWS CLI AWS JSON.
class CloudWatchClientsTest {
    @TempDir
    Path folder;

    private CloudWatchServer server;

    @BeforeEach
    void open() throws Exception {
        server = new CloudWatchServer(folder.resolve("data"), InstantSource.system());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theJavaSdkPutsAndReadsMetrics() {
        try (CloudWatchClient client = javaClient()) {
            Instant now = Instant.now();
            client.putMetricData(request -> request.namespace("Logs")
                    .metricData(datum -> datum.metricName("ErrorCount")
                            .dimensions(dimension -> dimension.name("Hour").value("03"))
                            .unit(StandardUnit.COUNT)
                            .timestamp(now)
                            .values(1.0, 4.0)
                            .counts(2.0, 1.0)));
            Datapoint point = client.getMetricStatistics(request -> request.namespace("Logs")
                            .metricName("ErrorCount")
                            .dimensions(dimension -> dimension.name("Hour").value("03"))
                            .startTime(now.minus(Duration.ofMinutes(5)))
                            .endTime(now.plus(Duration.ofMinutes(5)))
                            .period(600)
                            .statistics(
                                    Statistic.SAMPLE_COUNT,
                                    Statistic.AVERAGE,
                                    Statistic.SUM,
                                    Statistic.MINIMUM,
                                    Statistic.MAXIMUM))
                    .datapoints()
                    .getFirst();
            assertEquals(
                    List.of(3.0, 2.0, 6.0, 1.0, 4.0),
                    List.of(
                            point.sampleCount(),
                            point.average(),
                            point.sum(),
                            point.minimum(),
                            point.maximum()));
            assertEquals(
                    "03",
                    client.listMetrics(request -> request.namespace("Logs"))
                            .metrics()
                            .getFirst()
                            .dimensions()
                            .getFirst()
                            .value());
            assertThrows(
                    InvalidParameterValueException.class,
                    () -> client.putMetricData(request -> request.namespace("AWS/States")
                            .metricData(datum -> datum.metricName("x").value(1.0))));
            assertEquals(
                    "InvalidAction",
                    assertThrows(CloudWatchException.class, () -> client.listDashboards(_ -> {}))
                            .awsErrorDetails()
                            .errorCode());
        }
    }

    @Test
    void theJavaSdkManagesAlarms() {
        try (CloudWatchClient client = javaClient()) {
            client.putMetricAlarm(request -> request.alarmName("errors")
                    .namespace("Logs")
                    .metricName("ErrorCount")
                    .statistic(Statistic.SUM)
                    .period(60)
                    .evaluationPeriods(3)
                    .datapointsToAlarm(2)
                    .threshold(10.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                    .treatMissingData("notBreaching"));
            client.disableAlarmActions(request -> request.alarmNames("errors"));
            client.setAlarmState(request ->
                    request.alarmName("errors").stateValue(StateValue.ALARM).stateReason("a test"));
            MetricAlarm alarm = client.describeAlarms(
                            request -> request.stateValue(StateValue.ALARM))
                    .metricAlarms()
                    .getFirst();
            assertEquals(
                    "arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors", alarm.alarmArn());
            assertEquals("a test", alarm.stateReason());
            assertEquals(false, alarm.actionsEnabled());
            assertEquals(2, alarm.datapointsToAlarm());
            client.deleteAlarms(request -> request.alarmNames("errors"));
            assertEquals(List.of(), client.describeAlarms().metricAlarms());
        }
    }

    @Test
    void boto3PutsAndReadsMetrics() throws Exception {
        String said = machine().boto3("""
                import boto3, datetime
                cloudwatch = boto3.client("cloudwatch")
                now = datetime.datetime.now(datetime.timezone.utc)
                # Large enough to be compressed.
                cloudwatch.put_metric_data(Namespace="Logs", MetricData=[
                    {"MetricName": "Size", "Values": [float(n) for n in range(150)], "Counts": [1.0] * 150}] * 40)
                query = {"Id": "sizes", "MetricStat": {"Metric": {"Namespace": "Logs", "MetricName": "Size"},
                    "Period": 3600, "Stat": "SampleCount"}}
                result = cloudwatch.get_metric_data(StartTime=now - datetime.timedelta(hours=2),
                    EndTime=now + datetime.timedelta(hours=1), MetricDataQueries=[query])["MetricDataResults"][0]
                assert sum(result["Values"]) == 6000.0, result
                assert result["StatusCode"] == "Complete", result
                try:
                    cloudwatch.put_metric_data(Namespace="AWS/x", MetricData=[])
                    raise AssertionError("should have been refused")
                except cloudwatch.exceptions.InvalidParameterValueException as error:
                    assert error.response["Error"]["Code"] == "InvalidParameterValue", error.response
                try:
                    cloudwatch.set_alarm_state(AlarmName="none", StateValue="OK", StateReason="x")
                    raise AssertionError("should not have been found")
                except cloudwatch.exceptions.ResourceNotFound:
                    pass
                """);
        assertEquals("", said);
    }

    @Test
    void theAwsCliPutsAndListsMetrics() throws Exception {
        machine()
                .aws(
                        "cloudwatch",
                        "put-metric-data",
                        "--namespace",
                        "Shell",
                        "--metric-name",
                        "Runs",
                        "--value",
                        "1",
                        "--dimensions",
                        "Host=a");
        assertEquals(
                "Shell\tRuns\ta\n",
                machine()
                        .aws(
                                "cloudwatch",
                                "list-metrics",
                                "--recently-active",
                                "PT3H",
                                "--dimensions",
                                "Name=Host",
                                "--query",
                                "Metrics[].[Namespace,MetricName,Dimensions[0].Value]",
                                "--output",
                                "text"));
    }

    private CloudWatchClient javaClient() {
        return new JavaClients(server.uri()).make(CloudWatchClient.builder());
    }

    private MachineClients machine() {
        return new MachineClients(server.uri(), folder);
    }
}
