package dev.mapwright.server.cloudwatch;

import dev.mapwright.adapters.metrics.Metric;
import dev.mapwright.adapters.metrics.Statistic;
import dev.mapwright.adapters.metrics.actions.AlarmActions;
import dev.mapwright.adapters.metrics.alarms.Alarm;
import dev.mapwright.adapters.metrics.alarms.AlarmRule;
import dev.mapwright.adapters.metrics.alarms.AlarmSettings;
import dev.mapwright.adapters.metrics.alarms.AlarmSettings.Acting;
import dev.mapwright.adapters.metrics.alarms.AlarmState.Value;
import dev.mapwright.adapters.metrics.alarms.Alarms;
import dev.mapwright.adapters.metrics.alarms.Comparison;
import dev.mapwright.adapters.metrics.alarms.MissingData;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Alarms put, described, deleted, set and silenced.
final class AlarmOperations {
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
    private static final int NAME_CHARS_MAX = 255;

    private static final int TEXT_CHARS_MAX = 1_024;
    private static final int REASON_DATA_CHARS_MAX = 4_000;
    private static final int ACTIONS_MAX = 5;
    private static final int NAMES_MAX = 100;
    private static final int PAGE_MAX = 100;
    private static final int DAY_SECONDS = 86_400;
    private static final int WEEK_SECONDS = 7 * DAY_SECONDS;

    private final Monitoring monitoring;
    private final Alarms alarms;

    AlarmOperations(Monitoring monitoring) {
        this.monitoring = monitoring;
        this.alarms = monitoring.alarms();
    }

    void put(Input input) throws Failed, InterruptedException {
        input.accepting(
                "AlarmName",
                "AlarmDescription",
                "ActionsEnabled",
                "OKActions",
                "AlarmActions",
                "InsufficientDataActions",
                "Namespace",
                "MetricName",
                "Dimensions",
                "Statistic",
                "Period",
                "Unit",
                "EvaluationPeriods",
                "DatapointsToAlarm",
                "Threshold",
                "ComparisonOperator",
                "TreatMissingData");
        if (!alarms.put(settings(input), monitoring.now())) {
            throw new Failed(
                    Fault.LIMIT_EXCEEDED,
                    "There are %,d alarms, which is as many as there can be. Delete one."
                            .formatted(Alarms.ALARMS_MAX));
        }
    }

    private static AlarmSettings settings(Input input) throws Failed {
        return new AlarmSettings(
                input.requiredText("AlarmName", NAME_CHARS_MAX),
                input.text("AlarmDescription", TEXT_CHARS_MAX),
                input.truth("ActionsEnabled").orElse(true) ? Acting.ENABLED : Acting.DISABLED,
                actions(input),
                MetricInput.metric(input),
                rule(input));
    }

    private static AlarmRule rule(Input input) throws Failed {
        int period = StatisticsOperations.period(input);
        int periods = input.integer("EvaluationPeriods", 1, WEEK_SECONDS)
                .orElseThrow(() -> Failed.missing("EvaluationPeriods"));
        if ((long) period * periods > (period < 3_600 ? DAY_SECONDS : WEEK_SECONDS)) {
            throw new Failed(
                    Fault.INVALID_COMBINATION,
                    ("Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <="
                                    + " %,d), or a week with a Period of an hour or more (<= %,d).")
                            .formatted(DAY_SECONDS, WEEK_SECONDS));
        }
        return new AlarmRule(
                statistic(input),
                MetricInput.unit(input),
                period,
                periods,
                input.integer("DatapointsToAlarm", 1, periods),
                input.requiredNumber("Threshold"),
                comparison(input),
                missingData(input));
    }

    private static Map<Value, List<String>> actions(Input input) throws Failed {
        var actions = new EnumMap<Value, List<String>>(Value.class);
        for (Value value : Value.values()) {
            String member = actionsMember(value);
            List<String> arns = input.texts(member, ACTIONS_MAX);
            for (String arn : arns) {
                if (!AlarmActions.accepts(arn)) {
                    throw Failed.invalid(
                            member,
                            arn,
                            "Mapwright's alarms act on topics of SNS and functions of Lambda only.");
                }
            }
            actions.put(value, List.copyOf(arns));
        }
        return actions;
    }

    private static String actionsMember(Value value) {
        return switch (value) {
            case OK -> "OKActions";
            case ALARM -> "AlarmActions";
            case INSUFFICIENT_DATA -> "InsufficientDataActions";
        };
    }

    private static Statistic statistic(Input input) throws Failed {
        String text = input.requiredText("Statistic", NAME_CHARS_MAX);
        return Statistic.of(text)
                .orElseThrow(
                        () -> Failed.invalid("Statistic", text, "There is no such statistic."));
    }

    private static Comparison comparison(Input input) throws Failed {
        String text = input.requiredText("ComparisonOperator", NAME_CHARS_MAX);
        return Comparison.of(text)
                .orElseThrow(() -> Failed.invalid(
                        "ComparisonOperator",
                        text,
                        "Mapwright compares with a threshold only, and has no anomaly detection."));
    }

    private static Optional<MissingData> missingData(Input input) throws Failed {
        Optional<String> text = input.text("TreatMissingData", NAME_CHARS_MAX);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(MissingData.of(text.get())
                .orElseThrow(() -> Failed.invalid(
                        "TreatMissingData",
                        text.get(),
                        "It must be breaching, notBreaching, ignore or missing.")));
    }

    Map<String, Object> describe(Input input) throws Failed {
        input.accepting(
                "AlarmNames",
                "AlarmNamePrefix",
                "AlarmTypes",
                "StateValue",
                "ActionPrefix",
                "MaxRecords",
                "NextToken");
        Predicate<Alarm> wanted = wanted(input);
        List<Alarm> all = alarms.all().stream().filter(wanted).toList();
        int from = PageToken.position(PageToken.open(input), all.size());
        int to = Math.min(
                all.size(), from + input.integer("MaxRecords", 1, PAGE_MAX).orElse(PAGE_MAX));
        var answer = new LinkedHashMap<String, Object>();
        answer.put(
                "MetricAlarms", all.subList(from, to).stream().map(this::shown).toList());
        answer.put("CompositeAlarms", List.of());
        if (to < all.size()) {
            answer.put("NextToken", PageToken.seal(Integer.toString(to)));
        }
        return answer;
    }

    private static Predicate<Alarm> wanted(Input input) throws Failed {
        List<String> names = input.texts("AlarmNames", NAMES_MAX);
        List<String> types = input.texts("AlarmTypes", 2);
        Optional<String> prefix = input.text("AlarmNamePrefix", NAME_CHARS_MAX);
        Optional<String> action = input.text("ActionPrefix", TEXT_CHARS_MAX);
        Optional<Value> state =
                input.has("StateValue") ? Optional.of(state(input)) : Optional.empty();
        if (!names.isEmpty() && prefix.isPresent()) {
            throw new Failed(
                    Fault.INVALID_COMBINATION,
                    "AlarmNamePrefix and AlarmNames are mutually exclusive.");
        }
        return alarm -> (names.isEmpty() || names.contains(alarm.name()))
                && (types.isEmpty() || types.contains("MetricAlarm"))
                && prefix.map(alarm.name()::startsWith).orElse(true)
                && state.map(value -> value == alarm.state().value()).orElse(true)
                && action.map(start -> hasAction(alarm, start)).orElse(true);
    }

    private static boolean hasAction(Alarm alarm, String prefix) {
        return alarm.settings().actions().values().stream()
                .flatMap(List::stream)
                .anyMatch(arn -> arn.startsWith(prefix));
    }

    Map<String, Object> describeForMetric(Input input) throws Failed {
        input.accepting("Namespace", "MetricName", "Dimensions", "Statistic", "Period", "Unit");
        Metric metric = MetricInput.metric(input);
        Optional<Statistic> statistic =
                input.has("Statistic") ? Optional.of(statistic(input)) : Optional.empty();
        Optional<Integer> period = input.has("Period")
                ? Optional.of(StatisticsOperations.period(input))
                : Optional.empty();
        var unit = MetricInput.unit(input);
        var answer = new LinkedHashMap<String, Object>();
        answer.put(
                "MetricAlarms",
                alarms.all().stream()
                        .filter(alarm -> alarm.settings().metric().equals(metric))
                        .filter(alarm -> statistic
                                .map(one -> one == alarm.settings().rule().statistic())
                                .orElse(true))
                        .filter(alarm -> period.map(
                                        one -> one == alarm.settings().rule().periodSeconds())
                                .orElse(true))
                        .filter(alarm -> unit.isEmpty()
                                || unit.equals(alarm.settings().rule().unit()))
                        .map(this::shown)
                        .toList());
        return answer;
    }

    private Map<String, Object> shown(Alarm alarm) {
        AlarmSettings settings = alarm.settings();
        var members = new LinkedHashMap<String, Object>();
        members.put("AlarmName", alarm.name());
        members.put("AlarmArn", monitoring.arns().of(alarm.name()));
        settings.description().ifPresent(text -> members.put("AlarmDescription", text));
        members.put("AlarmConfigurationUpdatedTimestamp", alarm.configuredAt());
        members.put("ActionsEnabled", settings.acting() == Acting.ENABLED);
        for (Value value : Value.values()) {
            members.put(actionsMember(value), settings.actions().getOrDefault(value, List.of()));
        }
        members.put("StateValue", alarm.state().value().name());
        members.put("StateReason", alarm.state().reason());
        alarm.state().reasonData().ifPresent(data -> members.put("StateReasonData", data));
        members.put("StateUpdatedTimestamp", alarm.state().updatedAt());
        members.put("StateTransitionedTimestamp", alarm.state().transitionedAt());
        members.put("MetricName", settings.metric().name());
        members.put("Namespace", settings.metric().namespace());
        AlarmRule rule = settings.rule();
        members.put("Statistic", rule.statistic().text());
        members.put("Dimensions", MetricInput.shownDimensions(settings.metric()));
        members.put("Period", rule.periodSeconds());
        rule.unit().ifPresent(unit -> members.put("Unit", unit.text()));
        members.put("EvaluationPeriods", rule.evaluationPeriods());
        rule.datapointsToAlarm().ifPresent(count -> members.put("DatapointsToAlarm", count));
        members.put("Threshold", rule.threshold());
        members.put("ComparisonOperator", rule.comparison().text());
        rule.missingData().ifPresent(one -> members.put("TreatMissingData", one.text()));
        return members;
    }

    void delete(Input input) throws Failed, InterruptedException {
        alarms.delete(names(input));
    }

    void enableActions(Input input) throws Failed, InterruptedException {
        alarms.act(names(input), Acting.ENABLED);
    }

    void disableActions(Input input) throws Failed, InterruptedException {
        alarms.act(names(input), Acting.DISABLED);
    }

    private static List<String> names(Input input) throws Failed {
        input.accepting("AlarmNames");
        if (!input.has("AlarmNames")) {
            throw Failed.missing("AlarmNames");
        }
        return input.texts("AlarmNames", NAMES_MAX);
    }

    void setState(Input input) throws Failed, InterruptedException {
        input.accepting("AlarmName", "StateValue", "StateReason", "StateReasonData");
        String name = input.requiredText("AlarmName", NAME_CHARS_MAX);
        Value value = state(input);
        String reason = input.text("StateReason", TEXT_CHARS_MAX)
                .orElseThrow(() -> Failed.missing("StateReason"));
        Optional<String> data = input.text("StateReasonData", REASON_DATA_CHARS_MAX);
        if (data.isPresent()) {
            checkJson(data.get());
        }
        if (alarms.find(name).isEmpty()) {
            throw new Failed(Fault.NOT_FOUND, "There is no alarm '%s'.".formatted(name));
        }
        alarms.setState(name, value, reason, data, monitoring.now());
    }

    private static Value state(Input input) throws Failed {
        String text = input.requiredText("StateValue", NAME_CHARS_MAX);
        return Value.of(text)
                .orElseThrow(() -> Failed.invalid(
                        "StateValue", text, "It must be OK, ALARM or INSUFFICIENT_DATA."));
    }

    private static void checkJson(String data) throws Failed {
        try {
            Json.parse(data);
        } catch (JsonSyntaxException notJson) {
            throw Failed.invalid("StateReasonData", data, "It must be JSON.");
        }
    }
}
