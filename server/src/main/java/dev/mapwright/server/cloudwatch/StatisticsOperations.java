package dev.mapwright.server.cloudwatch;

import dev.mapwright.adapters.metrics.Datapoint;
import dev.mapwright.adapters.metrics.Metric;
import dev.mapwright.adapters.metrics.MetricQuery;
import dev.mapwright.adapters.metrics.Statistic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Metrics read: by period, with the five statistics.
final class StatisticsOperations {
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
    private static final int STATISTICS_POINTS_MAX = 1_440;

    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
    private static final int DATA_POINTS_MAX = 100_800;

    private static final int QUERIES_MAX = 500;
    private static final int LABEL_CHARS_MAX = 1_024;
    private static final int PERIOD_MAX = 30 * 86_400;
    private static final Set<Integer> SHORT_PERIODS = Set.of(1, 5, 10, 20, 30);

    private final Monitoring monitoring;

    StatisticsOperations(Monitoring monitoring) {
        this.monitoring = monitoring;
    }

    Map<String, Object> statistics(Input input) throws Failed, InterruptedException {
        input.accepting(
                "Namespace",
                "MetricName",
                "Dimensions",
                "StartTime",
                "EndTime",
                "Period",
                "Statistics",
                "ExtendedStatistics",
                "Unit");
        Metric metric = MetricInput.metric(input);
        Set<Statistic> statistics = wantedStatistics(input);
        MetricQuery query = query(input, metric, period(input), input);
        if (query.periods() > STATISTICS_POINTS_MAX) {
            throw new Failed(
                    Fault.INVALID_COMBINATION,
                    ("You have requested up to %,d datapoints, which exceeds the limit of %,d. You may reduce"
                                    + " the datapoints requested by increasing Period, or decreasing the time range.")
                            .formatted(query.periods(), STATISTICS_POINTS_MAX));
        }
        monitoring.collect();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("Label", metric.name());
        answer.put(
                "Datapoints",
                monitoring.series().read(query).stream()
                        .map(point -> shown(point, statistics))
                        .toList());
        return answer;
    }

    private static Set<Statistic> wantedStatistics(Input input) throws Failed {
        if (input.has("ExtendedStatistics")) {
            throw Failed.invalid(
                    "ExtendedStatistics",
                    input.texts("ExtendedStatistics", 10),
                    "Mapwright keeps no percentiles: ask for Statistics.");
        }
        var statistics = EnumSet.noneOf(Statistic.class);
        for (String text : input.texts("Statistics", Statistic.values().length)) {
            statistics.add(Statistic.of(text)
                    .orElseThrow(() ->
                            Failed.invalid("Statistics", text, "There is no such statistic.")));
        }
        if (statistics.isEmpty()) {
            throw new Failed(
                    Fault.MISSING, "Must specify either Statistics or ExtendedStatistics.");
        }
        return statistics;
    }

    private static Map<String, Object> shown(Datapoint point, Set<Statistic> statistics) {
        var members = new LinkedHashMap<String, Object>();
        members.put("Timestamp", point.at());
        statistics.forEach(
                statistic -> members.put(statistic.text(), statistic.of(point.samples())));
        members.put("Unit", point.unit().text());
        return members;
    }

    static int period(Input input) throws Failed {
        int period = input.integer("Period", 1, PERIOD_MAX)
                .orElseThrow(() -> Failed.missing(input.nameOf("Period")));
        if (period % 60 != 0 && !SHORT_PERIODS.contains(period)) {
            throw Failed.invalid(
                    input.nameOf("Period"),
                    period,
                    "It must be 1, 5, 10, 20, 30 or a multiple of 60 seconds.");
        }
        return period;
    }

    /// @param range what has the times
    /// @param described what may have a unit
    private MetricQuery query(Input range, Metric metric, int period, Input described)
            throws Failed {
        Instant start = range.requiredTime("StartTime");
        Instant end = range.requiredTime("EndTime");
        if (!start.isBefore(end)) {
            throw new Failed(
                    Fault.INVALID_COMBINATION,
                    "The parameter StartTime must be less than the parameter EndTime.");
        }
        return new MetricQuery(metric, MetricInput.unit(described), start, end, period)
                .startingWhole(monitoring.now());
    }

    Map<String, Object> data(Input input) throws Failed, InterruptedException {
        input.accepting(
                "MetricDataQueries",
                "StartTime",
                "EndTime",
                "NextToken",
                "ScanBy",
                "MaxDatapoints",
                "LabelOptions");
        var queries = new ArrayList<Asked>();
        for (Input one : input.objects("MetricDataQueries", QUERIES_MAX)) {
            queries.add(asked(input, one));
        }
        if (queries.isEmpty()) {
            throw Failed.missing("MetricDataQueries");
        }
        int room = input.integer("MaxDatapoints", 1, DATA_POINTS_MAX).orElse(DATA_POINTS_MAX);
        DataPage page = DataPage.after(PageToken.open(input), room, order(input));
        monitoring.collect();
        return page.fill(queries.stream().filter(Asked::returned).toList(), monitoring.series());
    }

    /// One query of GetMetricData.
    ///
    /// @param returned whether its data is part of the answer
    record Asked(
            String id, String label, MetricQuery query, Statistic statistic, boolean returned) {}

    private Asked asked(Input request, Input input) throws Failed {
        input.accepting("Id", "MetricStat", "Expression", "Label", "ReturnData", "Period");
        String id = input.requiredText("Id", MetricInput.NAME_CHARS_MAX);
        if (!id.matches("[a-z][a-zA-Z0-9_]*")) {
            throw Failed.invalid(
                    input.nameOf("Id"),
                    id,
                    "It must begin with a lower-case letter and hold letters, digits and underscores.");
        }
        if (input.has("Expression")) {
            throw Failed.invalid(
                    input.nameOf("Expression"),
                    input.text("Expression", Integer.MAX_VALUE).orElse(""),
                    "Mapwright has no metric math: ask for MetricStat.");
        }
        Input stat =
                input.requiredObject("MetricStat").accepting("Metric", "Period", "Stat", "Unit");
        Input named =
                stat.requiredObject("Metric").accepting("Namespace", "MetricName", "Dimensions");
        Metric metric = MetricInput.metric(named);
        String label = input.text("Label", LABEL_CHARS_MAX).orElse(metric.name());
        return new Asked(
                id,
                label,
                query(request, metric, period(stat), stat),
                statistic(stat),
                input.truth("ReturnData").orElse(true));
    }

    private static Statistic statistic(Input stat) throws Failed {
        String text = stat.requiredText("Stat", MetricInput.NAME_CHARS_MAX);
        return Statistic.of(text)
                .orElseThrow(() -> Failed.invalid(
                        stat.nameOf("Stat"),
                        text,
                        "Mapwright has SampleCount, Average, Sum, Minimum and Maximum."));
    }

    private static DataPage.Order order(Input input) throws Failed {
        Optional<String> text = input.text("ScanBy", MetricInput.NAME_CHARS_MAX);
        return switch (text.orElse("TimestampDescending")) {
            case "TimestampDescending" -> DataPage.Order.NEWEST_FIRST;
            case "TimestampAscending" -> DataPage.Order.OLDEST_FIRST;
            case String other ->
                throw Failed.invalid(
                        "ScanBy", other, "It must be TimestampDescending or TimestampAscending.");
        };
    }
}
