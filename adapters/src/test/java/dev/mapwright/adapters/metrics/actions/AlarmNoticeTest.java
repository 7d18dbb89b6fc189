package dev.mapwright.adapters.metrics.actions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.metrics.Metric;
import dev.mapwright.adapters.metrics.Statistic;
import dev.mapwright.adapters.metrics.alarms.Alarm;
import dev.mapwright.adapters.metrics.alarms.AlarmArn;
import dev.mapwright.adapters.metrics.alarms.AlarmChange;
import dev.mapwright.adapters.metrics.alarms.AlarmRule;
import dev.mapwright.adapters.metrics.alarms.AlarmSettings;
import dev.mapwright.adapters.metrics.alarms.AlarmState;
import dev.mapwright.adapters.metrics.alarms.AlarmState.Value;
import dev.mapwright.adapters.metrics.alarms.Comparison;
import dev.mapwright.adapters.metrics.alarms.MissingData;
import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class AlarmNoticeTest {
    private static final Instant BEFORE = Instant.parse("2026-01-31T11:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.25Z");

    @Test
    void aTopicGetsTheMessageThatCloudWatchSends() throws Exception {
        assertEquals(
                Json.parse("""
                        {
                          "AlarmName": "open runs",
                          "AlarmDescription": null,
                          "AWSAccountId": "123456789012",
                          "AlarmConfigurationUpdatedTimestamp": "2026-01-31T11:00:00.000+0000",
                          "NewStateValue": "ALARM",
                          "NewStateReason": "there are too many",
                          "StateChangeTime": "2026-01-31T12:00:00.250+0000",
                          "Region": "US East (N. Virginia)",
                          "AlarmArn": "arn:aws:cloudwatch:us-east-1:123456789012:alarm:open runs",
                          "OldStateValue": "OK",
                          "OKActions": [],
                          "AlarmActions": ["arn:aws:sns:us-east-1:123456789012:oncall"],
                          "InsufficientDataActions": [],
                          "Trigger": {
                            "MetricName": "ApproximateOpenMapRunCount",
                            "Namespace": "AWS/States",
                            "StatisticType": "Statistic",
                            "Statistic": "SAMPLE_COUNT",
                            "Unit": null,
                            "Dimensions": [{"value": "b", "name": "a"}],
                            "Period": 60,
                            "EvaluationPeriods": 3,
                            "DatapointsToAlarm": 2,
                            "ComparisonOperator": "GreaterThanThreshold",
                            "Threshold": 0.0,
                            "TreatMissingData": "notBreaching",
                            "EvaluateLowSampleCountPercentile": ""
                          }
                        }""").value(),
                Json.parse(notice("open runs").message()).value());
    }

    @Test
    void aFunctionGetsTheAlarmsData() throws Exception {
        var event = (Map<?, ?>) Json.parse(notice("open runs").functionEvent()).value();
        assertEquals("aws.cloudwatch", event.get("source"));
        assertEquals(
                "arn:aws:cloudwatch:us-east-1:123456789012:alarm:open runs", event.get("alarmArn"));
        assertEquals("2026-01-31T12:00:00.250+0000", event.get("time"));
        var data = (Map<?, ?>) event.get("alarmData");
        assertEquals("open runs", data.get("alarmName"));
        assertEquals(
                Map.of(
                        "value", "ALARM",
                        "reason", "there are too many",
                        "reasonData", "{}",
                        "timestamp", "2026-01-31T12:00:00.250+0000"),
                data.get("state"));
        assertEquals(
                Map.of(
                        "value", "OK",
                        "reason", "there are few",
                        "timestamp", "2026-01-31T11:00:00.000+0000"),
                data.get("previousState"));
    }

    @Test
    void aSubjectFitsATopic() {
        assertEquals(
                "ALARM: \"open runs\" in US East (N. Virginia)",
                notice("open runs").subject());
        String subject = notice("ü".repeat(255)).subject();
        assertEquals(100, subject.length());
        assertTrue(subject.endsWith("???...\" in US East (N. Virginia)"), subject);
    }

    private static AlarmNotice notice(String name) {
        var settings = new AlarmSettings(
                name,
                Optional.empty(),
                AlarmSettings.Acting.ENABLED,
                Map.of(Value.ALARM, List.of("arn:aws:sns:us-east-1:123456789012:oncall")),
                Metric.of("AWS/States", "ApproximateOpenMapRunCount", Map.of("a", "b")),
                new AlarmRule(
                        Statistic.SAMPLE_COUNT,
                        Optional.empty(),
                        60,
                        3,
                        Optional.of(2),
                        0,
                        Comparison.GREATER,
                        Optional.of(MissingData.NOT_BREACHING)));
        var before = new AlarmState(Value.OK, "there are few", Optional.empty(), BEFORE, BEFORE);
        var after = new AlarmState(Value.ALARM, "there are too many", Optional.of("{}"), NOW, NOW);
        return new AlarmNotice(
                new AlarmChange(new Alarm(settings, after, BEFORE), before),
                new AlarmArn("us-east-1", "123456789012"),
                "US East (N. Virginia)");
    }
}
