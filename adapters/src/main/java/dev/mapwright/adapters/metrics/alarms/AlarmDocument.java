package dev.mapwright.adapters.metrics.alarms;

import dev.mapwright.adapters.metrics.Metric;
import dev.mapwright.adapters.metrics.Statistic;
import dev.mapwright.adapters.metrics.Unit;
import dev.mapwright.adapters.metrics.alarms.AlarmState.Value;
import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An alarm as it is kept: JSON, with the names of our own constants.
record AlarmDocument(Map<?, ?> members) {
    static AlarmDocument parse(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return new AlarmDocument((Map<?, ?>) Json.ofText(text).value());
    }

    static byte[] bytes(Alarm alarm) {
        var members = new LinkedHashMap<String, Object>(settings(alarm.settings()));
        AlarmState state = alarm.state();
        members.put("state", state.value().name());
        members.put("reason", state.reason());
        state.reasonData().ifPresent(data -> members.put("reasonData", data));
        members.put("updatedAt", state.updatedAt().toString());
        members.put("transitionedAt", state.transitionedAt().toString());
        members.put("configuredAt", alarm.configuredAt().toString());
        return Json.of(members).text().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> settings(AlarmSettings settings) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", settings.name());
        settings.description().ifPresent(text -> members.put("description", text));
        members.put("acting", settings.acting().name());
        var actions = new LinkedHashMap<String, Object>();
        settings.actions().forEach((value, arns) -> actions.put(value.name(), arns));
        members.put("actions", actions);
        members.put("namespace", settings.metric().namespace());
        members.put("metric", settings.metric().name());
        members.put("dimensions", settings.metric().dimensions());
        AlarmRule rule = settings.rule();
        members.put("statistic", rule.statistic().name());
        rule.unit().ifPresent(unit -> members.put("unit", unit.name()));
        members.put("periodSeconds", rule.periodSeconds());
        members.put("evaluationPeriods", rule.evaluationPeriods());
        rule.datapointsToAlarm().ifPresent(count -> members.put("datapointsToAlarm", count));
        members.put("threshold", rule.threshold());
        members.put("comparison", rule.comparison().name());
        rule.missingData().ifPresent(one -> members.put("missingData", one.name()));
        return members;
    }

    Alarm alarm() {
        var state = new AlarmState(
                Value.valueOf(text("state")),
                text("reason"),
                optional("reasonData"),
                Instant.parse(text("updatedAt")),
                Instant.parse(text("transitionedAt")));
        return new Alarm(settings(), state, Instant.parse(text("configuredAt")));
    }

    private AlarmSettings settings() {
        return new AlarmSettings(
                text("name"),
                optional("description"),
                AlarmSettings.Acting.valueOf(text("acting")),
                actions(),
                metric(),
                rule());
    }

    private AlarmRule rule() {
        return new AlarmRule(
                Statistic.valueOf(text("statistic")),
                optional("unit").map(Unit::valueOf),
                number("periodSeconds").intValue(),
                number("evaluationPeriods").intValue(),
                members.containsKey("datapointsToAlarm")
                        ? Optional.of(number("datapointsToAlarm").intValue())
                        : Optional.empty(),
                number("threshold").doubleValue(),
                Comparison.valueOf(text("comparison")),
                optional("missingData").map(MissingData::valueOf));
    }

    private Metric metric() {
        var dimensions = new TreeMap<String, String>();
        ((Map<?, ?>) members.get("dimensions"))
                .forEach((name, value) -> dimensions.put((String) name, (String) value));
        return new Metric(text("namespace"), text("metric"), dimensions);
    }

    private Map<Value, List<String>> actions() {
        var actions = new EnumMap<Value, List<String>>(Value.class);
        ((Map<?, ?>) members.get("actions")).forEach((value, arns) -> {
            var own = new ArrayList<String>();
            ((List<?>) arns).forEach(arn -> own.add((String) arn));
            actions.put(Value.valueOf((String) value), own);
        });
        return actions;
    }

    private String text(String name) {
        return (String) members.get(name);
    }

    private Optional<String> optional(String name) {
        return Optional.ofNullable((String) members.get(name));
    }

    private Number number(String name) {
        return (Number) members.get(name);
    }
}
