package dev.mapwright.adapters.metrics.alarms;

import dev.mapwright.adapters.metrics.Datapoint;
import dev.mapwright.adapters.metrics.alarms.AlarmState.Value;
import dev.mapwright.asl.json.Json;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Judges a rule by its metric's newest datapoints.
///
/// It looks at a few periods more than it needs, so that a datapoint that is late does not count as
/// missing while there are enough older ones.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
final class Evaluation {
    /// Periods looked at beyond those that are evaluated.
    static final int PERIODS_MORE = 2;

    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// How many datapoints a reason names.
    private static final int NAMED_MAX = 5;

    private final AlarmRule rule;
    private final List<Datapoint> newest;
    private final long breaching;

    /// @param datapoints that there are of the periods looked at, oldest first
    Evaluation(AlarmRule rule, List<Datapoint> datapoints) {
        this.rule = rule;
        int needless = Math.max(0, datapoints.size() - rule.evaluationPeriods());
        this.newest = datapoints.subList(needless, datapoints.size());
        this.breaching = newest.stream().filter(this::isBreaching).count();
    }

    /// Empty: the state stays as it is.
    Optional<Value> verdict() {
        int missing = rule.evaluationPeriods() - newest.size();
        boolean alarm = breaching >= rule.neededToAlarm();
        if (alarm || missing == 0) {
            return Optional.of(alarm ? Value.ALARM : Value.OK);
        }
        return switch (rule.missingData().orElse(MissingData.MISSING)) {
            case MISSING -> Optional.of(withGaps());
            case IGNORE -> breaching < newest.size() ? Optional.of(Value.OK) : Optional.empty();
            case BREACHING ->
                Optional.of(breaching + missing >= rule.neededToAlarm() ? Value.ALARM : Value.OK);
            case NOT_BREACHING -> Optional.of(Value.OK);
        };
    }

    /// What there is decides: if all of it breaches, that is enough.
    private Value withGaps() {
        if (newest.isEmpty()) {
            return Value.INSUFFICIENT_DATA;
        }
        return breaching == newest.size() ? Value.ALARM : Value.OK;
    }

    private boolean isBreaching(Datapoint point) {
        return rule.comparison().isBreached(value(point), rule.threshold());
    }

    private double value(Datapoint point) {
        return rule.statistic().of(point.samples());
    }

    /// In the words of CloudWatch.
    String reason(Value verdict, Value before) {
        int missing = rule.evaluationPeriods() - newest.size();
        if (verdict == Value.INSUFFICIENT_DATA) {
            return "Insufficient Data: %s unknown.".formatted(datapoints(missing, "was", "were"));
        }
        if (newest.isEmpty()) {
            return "Threshold Crossed: no datapoints were received for %s and %s treated as [%s]."
                    .formatted(
                            missing == 1 ? "1 period" : missing + " periods",
                            missing == 1
                                    ? "1 missing datapoint was"
                                    : missing + " missing datapoints were",
                            rule.missingData().orElse(MissingData.MISSING).text());
        }
        List<Datapoint> meant = newest.stream()
                .filter(point -> isBreaching(point) == (verdict == Value.ALARM))
                .toList();
        return "Threshold Crossed: %d out of the last %d datapoints [%s] %s%s the threshold (%s) (minimum %s for %s -> %s transition)."
                .formatted(
                        meant.size(),
                        rule.evaluationPeriods(),
                        named(meant),
                        meant.size() == 1 ? "was " : "were ",
                        verdict == Value.ALARM
                                ? rule.comparison().words()
                                : "not " + rule.comparison().words(),
                        rule.threshold(),
                        datapoints(needed(verdict)),
                        before,
                        verdict);
    }

    private int needed(Value verdict) {
        return verdict == Value.ALARM
                ? rule.neededToAlarm()
                : rule.evaluationPeriods() - rule.neededToAlarm() + 1;
    }

    private String named(List<Datapoint> points) {
        return points.reversed().stream()
                .limit(NAMED_MAX)
                .map(point -> value(point) + " (" + SHORT.format(point.at()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String datapoints(int count) {
        return count == 1 ? "1 datapoint" : count + " datapoints";
    }

    private static String datapoints(int count, String one, String several) {
        return datapoints(count) + " " + (count == 1 ? one : several);
    }

    /// `StateReasonData`
    String data(Instant now, Instant start) {
        var members = new LinkedHashMap<String, Object>();
        members.put("version", "1.0");
        members.put("queryDate", AlarmState.shown(now));
        members.put("startDate", AlarmState.shown(start));
        rule.unit().ifPresent(unit -> members.put("unit", unit.text()));
        members.put("statistic", rule.statistic().text());
        members.put("period", rule.periodSeconds());
        members.put("recentDatapoints", newest.stream().map(this::value).toList());
        members.put("threshold", rule.threshold());
        members.put(
                "evaluatedDatapoints",
                newest.reversed().stream()
                        .<Object>map(point -> Map.of(
                                "timestamp", AlarmState.shown(point.at()),
                                "sampleCount", point.samples().count(),
                                "value", value(point)))
                        .toList());
        return Json.of(members).text();
    }
}
