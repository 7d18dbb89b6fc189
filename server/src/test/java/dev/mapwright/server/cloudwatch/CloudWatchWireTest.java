package dev.mapwright.server.cloudwatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.cbor.Cbor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// What goes over the wire, in each protocol.
class CloudWatchWireTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:30Z");
    private static final String SIGNED_FOR_MONITORING =
            "AWS4-HMAC-SHA256 Credential=AKID/20260301/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private CloudWatchServer server;

    @BeforeEach
    void open() throws Exception {
        server = new CloudWatchServer(folder, InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    @Test
    void cborPutsAndReadsMetrics() throws Exception {
        HttpResponse<byte[]> put = cbor(
                "PutMetricData",
                Map.of(
                        "Namespace",
                        "Logs",
                        "MetricData",
                        List.of(Map.of("MetricName", "Errors", "Value", 2.5, "Timestamp", NOW))));
        assertEquals(200, put.statusCode());
        assertEquals(0, put.body().length);
        HttpResponse<byte[]> got = cbor(
                "GetMetricStatistics",
                Map.of(
                        "Namespace",
                        "Logs",
                        "MetricName",
                        "Errors",
                        "StartTime",
                        NOW.minus(Duration.ofMinutes(1)),
                        "EndTime",
                        NOW.plus(Duration.ofMinutes(1)),
                        "Period",
                        60,
                        "Statistics",
                        List.of("Sum", "SampleCount")));
        assertEquals("rpc-v2-cbor", got.headers().firstValue("smithy-protocol").orElse(""));
        assertEquals(
                "application/cbor", got.headers().firstValue("Content-Type").orElse(""));
        assertEquals(
                "{Label=Errors, Datapoints=[{Timestamp=2026-03-01T12:00:00Z, SampleCount=1.0, Sum=2.5, Unit=None}]}",
                Cbor.read(got.body()).toString());
    }

    @Test
    void cborErrorsHaveTypeMessageAndTheNameOfTheQueryProtocol() throws Exception {
        HttpResponse<byte[]> answer = cbor("PutMetricData", Map.of());
        assertEquals(400, answer.statusCode());
        assertEquals(
                "MissingParameter;Sender",
                answer.headers().firstValue("x-amzn-query-error").orElse(""));
        assertEquals(
                "{__type=com.amazonaws.cloudwatch#MissingRequiredParameterException,"
                        + " message=The parameter Namespace is required.}",
                Cbor.read(answer.body()).toString());
    }

    @Test
    void queryPutsAndReadsMetrics() throws Exception {
        assertTrue(query("Action=PutMetricData&Version=2010-08-01&Namespace=Logs"
                        + "&MetricData.member.1.MetricName=Errors"
                        + "&MetricData.member.1.Dimensions.member.1.Name=Hour"
                        + "&MetricData.member.1.Dimensions.member.1.Value=03"
                        + "&MetricData.member.1.Values.member.1=4"
                        + "&MetricData.member.1.Values.member.2=1"
                        + "&MetricData.member.1.Counts.member.1=2"
                        + "&MetricData.member.1.Counts.member.2=1"
                        + "&MetricData.member.1.Unit=Count")
                .startsWith(
                        "200 <PutMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
                                + "<ResponseMetadata><RequestId>"));
        String answer = query(
                "Action=GetMetricStatistics&Version=2010-08-01&Namespace=Logs&MetricName=Errors"
                        + "&Dimensions.member.1.Name=Hour&Dimensions.member.1.Value=03"
                        + "&StartTime=2026-03-01T12%3A00%3A00Z&EndTime=2026-03-01T13%3A00%3A00Z&Period=300"
                        + "&Statistics.member.1=Average&Statistics.member.2=Maximum");
        assertTrue(
                answer.contains(
                        "<GetMetricStatisticsResult><Label>Errors</Label><Datapoints><member>"
                                + "<Timestamp>2026-03-01T12:00:00Z</Timestamp><Average>3.0</Average>"
                                + "<Maximum>4.0</Maximum><Unit>Count</Unit></member></Datapoints>"
                                + "</GetMetricStatisticsResult>"),
                answer);
    }

    @Test
    void queryErrorsAreXml() throws Exception {
        String answer = query("Action=PutDashboard&Version=2010-08-01");
        assertTrue(
                answer.startsWith(
                        "400 <ErrorResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
                                + "<Error><Type>Sender</Type><Code>InvalidAction</Code>"
                                + "<Message>Mapwright's CloudWatch has no operation 'PutDashboard'. It has: DeleteAlarms, "),
                answer);
    }

    @Test
    void compressedRequestsAreRead() throws Exception {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write("""
                    {"Namespace": "Logs", "MetricData": [{"MetricName": "Errors", "Value": 1}]}""".getBytes(StandardCharsets.UTF_8));
        }
        HttpResponse<String> put = client.send(
                HttpRequest.newBuilder(server.uri())
                        .header("X-Amz-Target", "GraniteServiceVersion20100801.PutMetricData")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(compressed.toByteArray()))
                        .build(),
                BodyHandlers.ofString());
        assertEquals("200 {}", put.statusCode() + " " + put.body());
        assertEquals(
                "{\"Metrics\":[{\"Namespace\":\"Logs\",\"MetricName\":\"Errors\",\"Dimensions\":[]}]}",
                json("ListMetrics", "{}"));
    }

    @Test
    void statisticSetsAddUp() throws Exception {
        json("PutMetricData", """
                {"Namespace": "Logs", "MetricData": [
                  {"MetricName": "Size", "StatisticValues": {"SampleCount": 2, "Sum": 30, "Minimum": 10, "Maximum": 20}},
                  {"MetricName": "Size", "Value": 60}]}""");
        assertEquals(
                "{\"Label\":\"Size\",\"Datapoints\":[{\"Timestamp\":1772366400.000,\"SampleCount\":3.0,\"Average\":30.0,"
                        + "\"Sum\":90.0,\"Minimum\":10.0,\"Maximum\":60.0,\"Unit\":\"None\"}]}",
                json("GetMetricStatistics", """
                        {"Namespace": "Logs", "MetricName": "Size", "StartTime": 1772366400, "EndTime": 1772370000,
                         "Period": 3600, "Statistics": ["SampleCount", "Average", "Sum", "Minimum", "Maximum"]}"""));
    }

    @Test
    void dataComesInPages() throws Exception {
        for (int minute = 1; minute <= 5; minute++) {
            json("PutMetricData", """
                    {"Namespace": "Logs", "MetricData": [{"MetricName": "Errors", "Value": %d, "Timestamp": %d}]}""".formatted(minute, NOW.getEpochSecond() - 60 * minute));
        }
        String request = """
                {"StartTime": %d, "EndTime": %d, "MaxDatapoints": 3, "MetricDataQueries": [
                  {"Id": "a", "MetricStat": {"Metric": {"Namespace": "Logs", "MetricName": "Errors"}, "Period": 60, "Stat": "Sum"}},
                  {"Id": "b", "ReturnData": false, "MetricStat": {"Metric": {"Namespace": "Logs", "MetricName": "Errors"}, "Period": 60, "Stat": "Sum"}},
                  {"Id": "c", "Label": "all", "MetricStat": {"Metric": {"Namespace": "Logs", "MetricName": "Errors"}, "Period": 3600, "Stat": "Sum"}}]%s}""";
        long start = NOW.getEpochSecond() - 3_600;
        Map<?, ?> first =
                object(json("GetMetricData", request.formatted(start, NOW.getEpochSecond(), "")));
        assertEquals("[a PartialData [1.0, 2.0, 3.0]]", results(first));
        Map<?, ?> second = object(json(
                "GetMetricData",
                request.formatted(
                        start,
                        NOW.getEpochSecond(),
                        ", \"NextToken\": \"" + first.get("NextToken") + "\"")));
        assertEquals("[a Complete [4.0, 5.0], c Complete [15.0]]", results(second));
        assertEquals(false, second.containsKey("NextToken"));
    }

    @Test
    void anAlarmsHistoryOutlivesItInEveryProtocol() throws Exception {
        json("PutMetricAlarm", """
                {"AlarmName": "errors", "Namespace": "Logs", "MetricName": "Errors", "Statistic": "Sum", "Period": 60,
                 "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold"}""");
        for (String value : List.of("ALARM", "OK")) {
            json("SetAlarmState", """
                    {"AlarmName": "errors", "StateValue": "%s", "StateReason": "a test"}""".formatted(value));
        }
        json("DeleteAlarms", """
                {"AlarmNames": ["errors"]}""");

        Map<?, ?> first = object(json("DescribeAlarmHistory", """
                {"AlarmName": "errors", "MaxRecords": 1}"""));
        assertEquals(
                "[{AlarmName=errors, AlarmType=MetricAlarm, Timestamp=1.77236643E9, HistoryItemType=StateUpdate,"
                        + " HistorySummary=Alarm updated from ALARM to OK, HistoryData={\"version\":\"1.0\","
                        + "\"oldState\":{\"stateValue\":\"ALARM\",\"stateReason\":\"a test\"},"
                        + "\"newState\":{\"stateValue\":\"OK\",\"stateReason\":\"a test\"}}}]",
                first.get("AlarmHistoryItems").toString());
        String answer = query(
                "Action=DescribeAlarmHistory&Version=2010-08-01&AlarmName=errors&MaxRecords=1&NextToken="
                        + first.get("NextToken"));
        assertTrue(
                answer.contains(
                        "<AlarmHistoryItems><member><AlarmName>errors</AlarmName><AlarmType>MetricAlarm</AlarmType>"
                                + "<Timestamp>2026-03-01T12:00:30Z</Timestamp>"
                                + "<HistoryItemType>StateUpdate</HistoryItemType>"
                                + "<HistorySummary>Alarm updated from INSUFFICIENT_DATA to ALARM</HistorySummary>"),
                answer);
        HttpResponse<byte[]> others = cbor(
                "DescribeAlarmHistory",
                Map.of("ScanBy", "TimestampAscending", "HistoryItemType", "Action"));
        assertEquals("{AlarmHistoryItems=[]}", Cbor.read(others.body()).toString());
        assertEquals(
                "The value Latest for parameter ScanBy is invalid. It must be TimestampDescending or TimestampAscending.",
                message("DescribeAlarmHistory", "{\"ScanBy\": \"Latest\"}"));
    }

    @Test
    void refusesByName() throws Exception {
        assertEquals(
                "The value SUM(METRICS()) for parameter MetricDataQueries.member.1.Expression is invalid."
                        + " Mapwright has no metric math: ask for MetricStat.",
                message("GetMetricData", """
                        {"StartTime": 1, "EndTime": 2, "MetricDataQueries": [{"Id": "a", "Expression": "SUM(METRICS())"}]}"""));
        assertEquals(
                "The value [p99] for parameter ExtendedStatistics is invalid. Mapwright keeps no percentiles: ask for Statistics.",
                message("GetMetricStatistics", """
                        {"Namespace": "Logs", "MetricName": "Errors", "StartTime": 1, "EndTime": 2, "Period": 60,
                         "ExtendedStatistics": ["p99"]}"""));
        assertEquals(
                "You have requested up to 1,441 datapoints, which exceeds the limit of 1,440. You may reduce"
                        + " the datapoints requested by increasing Period, or decreasing the time range.",
                message("GetMetricStatistics", """
                        {"Namespace": "Logs", "MetricName": "Errors", "StartTime": 1772366400, "EndTime": 1772452801,
                         "Period": 60, "Statistics": ["Sum"]}"""));
        assertEquals(
                "The value 45 for parameter Period is invalid. It must be 1, 5, 10, 20, 30 or a multiple of 60 seconds.",
                message("GetMetricStatistics", """
                        {"Namespace": "Logs", "MetricName": "Errors", "StartTime": 1, "EndTime": 2, "Period": 45,
                         "Statistics": ["Sum"]}"""));
        assertEquals(
                "The value AWS/States for parameter Namespace is invalid. It must not begin with AWS/.",
                message("PutMetricData", "{\"Namespace\": \"AWS/States\", \"MetricData\": []}"));
        assertEquals(
                "The parameters MetricData.member.1.Value, MetricData.member.1.Values and"
                        + " MetricData.member.1.StatisticValues are mutually exclusive and you have specified more than one.",
                message("PutMetricData", """
                        {"Namespace": "Logs", "MetricData": [{"MetricName": "Errors", "Value": 1, "Values": [1]}]}"""));
        assertEquals(
                "The value arn:aws:automate:us-east-1:ec2:stop for parameter AlarmActions is invalid."
                        + " Mapwright's alarms act on topics of SNS and functions of Lambda only.",
                message("PutMetricAlarm", """
                        {"AlarmName": "a", "Namespace": "Logs", "MetricName": "Errors", "Statistic": "Sum", "Period": 60,
                         "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold",
                         "AlarmActions": ["arn:aws:automate:us-east-1:ec2:stop"]}"""));
    }

    private HttpResponse<byte[]> cbor(String operation, Map<String, Object> members)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(server.uri()
                                .resolve("/service/GraniteServiceVersion20100801/operation/"
                                        + operation))
                        .header("smithy-protocol", "rpc-v2-cbor")
                        .header("Content-Type", "application/cbor")
                        .POST(BodyPublishers.ofByteArray(Cbor.write(members)))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private String query(String form) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(server.uri())
                        .header("Authorization", SIGNED_FOR_MONITORING)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private String json(String operation, String request) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(server.uri())
                                .header(
                                        "X-Amz-Target",
                                        "GraniteServiceVersion20100801." + operation)
                                .POST(BodyPublishers.ofString(request))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private String message(String operation, String request) throws Exception {
        return (String) object(json(operation, request)).get("message");
    }

    private static Map<?, ?> object(String json) throws Exception {
        return (Map<?, ?>) Json.parse(json).value();
    }

    private static String results(Map<?, ?> answer) {
        return ((List<?>) answer.get("MetricDataResults"))
                .stream()
                        .map(one -> (Map<?, ?>) one)
                        .map(one -> one.get("Id") + " " + one.get("StatusCode") + " "
                                + one.get("Values"))
                        .toList()
                        .toString();
    }
}
