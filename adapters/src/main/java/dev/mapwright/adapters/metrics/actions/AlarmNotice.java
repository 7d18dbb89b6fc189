package dev.mapwright.adapters.metrics.actions;

import dev.mapwright.adapters.metrics.alarms.AlarmArn;
import dev.mapwright.adapters.metrics.alarms.AlarmChange;
import dev.mapwright.adapters.metrics.alarms.AlarmRule;
import dev.mapwright.adapters.metrics.alarms.AlarmSettings;
import dev.mapwright.adapters.metrics.alarms.AlarmState;
import dev.mapwright.adapters.metrics.alarms.MissingData;
import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A change of an alarm in the words that CloudWatch has for each kind of recipient.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
///
/// @param regionName for humans: `US East (N. Virginia)`
record AlarmNotice(AlarmChange change, AlarmArn arns, String regionName) {
    /// Topics take no longer ones.
    /// https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
    private static final int SUBJECT_CHARS_MAX = 100;

    /// `ALARM: "errors" in US East (N. Virginia)`, of printable ASCII characters, as topics want
    /// it.
    String subject() {
        String frame = "%s: \"%s\" in %s";
        String name = change.alarm().name().replaceAll("[^ -~]", "?");
        String value = change.alarm().state().value().name();
        int room = SUBJECT_CHARS_MAX - frame.formatted(value, "", regionName).length();
        String shown = name.length() <= room ? name : name.substring(0, room - 3) + "...";
        return frame.formatted(value, shown, regionName);
    }

    /// What a topic gets.
    String message() {
        AlarmSettings settings = change.alarm().settings();
        AlarmState state = change.alarm().state();
        var message = new LinkedHashMap<String, Object>();
        message.put("AlarmName", settings.name());
        message.put("AlarmDescription", settings.description().orElse(null));
        message.put("AWSAccountId", arns.account());
        message.put(
                "AlarmConfigurationUpdatedTimestamp",
                AlarmState.shown(change.alarm().configuredAt()));
        message.put("NewStateValue", state.value().name());
        message.put("NewStateReason", state.reason());
        message.put("StateChangeTime", AlarmState.shown(state.transitionedAt()));
        message.put("Region", regionName);
        message.put("AlarmArn", arns.of(settings.name()));
        message.put("OldStateValue", change.before().value().name());
        message.put("OKActions", on(settings, AlarmState.Value.OK));
        message.put("AlarmActions", on(settings, AlarmState.Value.ALARM));
        message.put("InsufficientDataActions", on(settings, AlarmState.Value.INSUFFICIENT_DATA));
        message.put("Trigger", trigger(settings));
        return Json.of(message).text();
    }

    private static List<String> on(AlarmSettings settings, AlarmState.Value state) {
        return settings.actions().getOrDefault(state, List.of());
    }

    private static Map<String, Object> trigger(AlarmSettings settings) {
        var trigger = new LinkedHashMap<String, Object>();
        trigger.put("MetricName", settings.metric().name());
        trigger.put("Namespace", settings.metric().namespace());
        trigger.put("StatisticType", "Statistic");
        AlarmRule rule = settings.rule();
        trigger.put("Statistic", rule.statistic().name());
        trigger.put("Unit", rule.unit().map(unit -> (Object) unit.text()).orElse(null));
        trigger.put("Dimensions", dimensions(settings));
        trigger.put("Period", rule.periodSeconds());
        trigger.put("EvaluationPeriods", rule.evaluationPeriods());
        rule.datapointsToAlarm().ifPresent(count -> trigger.put("DatapointsToAlarm", count));
        trigger.put("ComparisonOperator", rule.comparison().text());
        trigger.put("Threshold", rule.threshold());
        trigger.put(
                "TreatMissingData",
                rule.missingData().orElse(MissingData.MISSING).text());
        trigger.put("EvaluateLowSampleCountPercentile", "");
        return trigger;
    }

    private static List<Map<String, Object>> dimensions(AlarmSettings settings) {
        return settings.metric().dimensions().entrySet().stream()
                .map(dimension -> {
                    var shown = new LinkedHashMap<String, Object>();
                    shown.put("value", dimension.getValue());
                    shown.put("name", dimension.getKey());
                    return (Map<String, Object>) shown;
                })
                .toList();
    }

    /// What a function gets.
    String functionEvent() {
        var event = new LinkedHashMap<String, Object>();
        event.put("source", AlarmEvent.SOURCE);
        event.put("alarmArn", arns.of(change.alarm().name()));
        event.put("accountId", arns.account());
        event.put("time", AlarmState.shown(change.alarm().state().transitionedAt()));
        event.put("region", arns.region());
        event.put("alarmData", detail());
        return Json.of(event).text();
    }

    /// What an event says.
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
    Map<String, Object> detail() {
        AlarmSettings settings = change.alarm().settings();
        var configuration = new LinkedHashMap<String, Object>();
        settings.description().ifPresent(text -> configuration.put("description", text));
        configuration.put("metrics", List.of(metric(settings)));
        var detail = new LinkedHashMap<String, Object>();
        detail.put("alarmName", settings.name());
        detail.put("state", state(change.alarm().state()));
        detail.put("previousState", state(change.before()));
        detail.put("configuration", configuration);
        return detail;
    }

    private static Map<String, Object> state(AlarmState state) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("value", state.value().name());
        shown.put("reason", state.reason());
        state.reasonData().ifPresent(data -> shown.put("reasonData", data));
        shown.put("timestamp", AlarmState.shown(state.updatedAt()));
        return shown;
    }

    /// Its id is any, and always the same for the same alarm.
    private Map<String, Object> metric(AlarmSettings settings) {
        var id = UUID.nameUUIDFromBytes(arns.of(settings.name()).getBytes(StandardCharsets.UTF_8));
        var metric = Map.of(
                "namespace", settings.metric().namespace(),
                "name", settings.metric().name(),
                "dimensions", settings.metric().dimensions());
        var stat = new LinkedHashMap<String, Object>();
        stat.put("metric", metric);
        AlarmRule rule = settings.rule();
        stat.put("period", rule.periodSeconds());
        stat.put("stat", rule.statistic().text());
        rule.unit().ifPresent(unit -> stat.put("unit", unit.text()));
        return Map.of("id", id.toString(), "metricStat", stat, "returnData", true);
    }
}
