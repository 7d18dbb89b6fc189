package dev.mapwright.server.cloudwatch;

import dev.mapwright.adapters.metrics.Metric;
import dev.mapwright.adapters.metrics.Resolution;
import dev.mapwright.adapters.metrics.Samples;
import dev.mapwright.adapters.metrics.Series;
import dev.mapwright.adapters.metrics.TooManySeries;
import dev.mapwright.adapters.metrics.Unit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Metrics put and listed.
final class MetricOperations {
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
    private static final int DATA_MAX = 1_000;

    private static final int VALUES_MAX = 150;
    private static final Duration PAST_MAX = Duration.ofDays(14);
    private static final Duration FUTURE_MAX = Duration.ofHours(2);

    private static final int LISTED_MAX = 500;
    private static final int FILTERS_MAX = 10;
    private static final Duration LISTED_SINCE = Duration.ofDays(14);
    private static final Duration RECENT_SINCE = Duration.ofHours(3);
    private static final String RECENT = "PT3H";

    private final Monitoring monitoring;

    MetricOperations(Monitoring monitoring) {
        this.monitoring = monitoring;
    }

    private record Datum(Series series, Resolution resolution, Instant at, Samples samples) {}

    /// All of it is checked before any of it counts.
    void put(Input input) throws Failed, InterruptedException {
        input.accepting("Namespace", "MetricData", "StrictEntityValidation");
        String namespace = MetricInput.namespace(input);
        if (namespace.startsWith("AWS/")) {
            throw Failed.invalid("Namespace", namespace, "It must not begin with AWS/.");
        }
        var data = new ArrayList<Datum>();
        for (Input one : input.objects("MetricData", DATA_MAX)) {
            data.add(datum(one, namespace));
        }
        for (Datum datum : data) {
            try {
                monitoring
                        .series()
                        .add(datum.series(), datum.resolution(), datum.at(), datum.samples());
            } catch (TooManySeries full) {
                throw new Failed(Fault.LIMIT_EXCEEDED, full.getMessage());
            }
        }
    }

    private Datum datum(Input input, String namespace) throws Failed {
        input.accepting(
                "MetricName",
                "Dimensions",
                "Timestamp",
                "Value",
                "StatisticValues",
                "Values",
                "Counts",
                "Unit",
                "StorageResolution");
        var metric = new Metric(
                namespace,
                input.requiredText("MetricName", MetricInput.NAME_CHARS_MAX),
                MetricInput.dimensions(input));
        Unit unit = MetricInput.unit(input).orElse(Unit.NONE);
        return new Datum(new Series(metric, unit), resolution(input), time(input), samples(input));
    }

    private static Resolution resolution(Input input) throws Failed {
        int seconds = input.integer("StorageResolution", 1, 60).orElse(60);
        return switch (seconds) {
            case 1 -> Resolution.HIGH;
            case 60 -> Resolution.STANDARD;
            default ->
                throw Failed.invalid(
                        input.nameOf("StorageResolution"), seconds, "It must be 1 or 60.");
        };
    }

    private Instant time(Input input) throws Failed {
        Instant now = monitoring.now();
        Instant time = input.time("Timestamp").orElse(now);
        if (time.isBefore(now.minus(PAST_MAX))) {
            throw Failed.invalid(
                    input.nameOf("Timestamp"), time, "It must not be older than two weeks.");
        }
        if (time.isAfter(now.plus(FUTURE_MAX))) {
            throw Failed.invalid(
                    input.nameOf("Timestamp"),
                    time,
                    "It must not be more than two hours in the future.");
        }
        return time;
    }

    private static Samples samples(Input input) throws Failed {
        long forms = List.of("Value", "StatisticValues", "Values").stream()
                .filter(input::has)
                .count();
        if (forms == 0) {
            throw new Failed(
                    Fault.MISSING,
                    "At least one of the parameters %s, %s and %s must be specified."
                            .formatted(
                                    input.nameOf("Value"),
                                    input.nameOf("Values"),
                                    input.nameOf("StatisticValues")));
        }
        if (forms > 1) {
            throw new Failed(
                    Fault.INVALID_COMBINATION,
                    "The parameters %s, %s and %s are mutually exclusive and you have specified more than one."
                            .formatted(
                                    input.nameOf("Value"),
                                    input.nameOf("Values"),
                                    input.nameOf("StatisticValues")));
        }
        if (input.has("Value")) {
            return Samples.of(input.requiredNumber("Value"));
        }
        return input.has("Values")
                ? ofValues(input)
                : ofStatistics(input.requiredObject("StatisticValues"));
    }

    private static Samples ofValues(Input input) throws Failed {
        List<Double> values = input.numbers("Values");
        List<Double> counts = input.numbers("Counts");
        if (values.isEmpty() || values.size() > VALUES_MAX) {
            throw Failed.invalid(
                    input.nameOf("Values"),
                    values.size() + " values",
                    "It must have 1 to %d.".formatted(VALUES_MAX));
        }
        if (input.has("Counts") && counts.size() != values.size()) {
            throw new Failed(
                    Fault.INVALID_COMBINATION,
                    "The parameters %s and %s must have the same size."
                            .formatted(input.nameOf("Values"), input.nameOf("Counts")));
        }
        Optional<Samples> all = Optional.empty();
        for (int index = 0; index < values.size(); index++) {
            double count = counts.isEmpty() ? 1 : counts.get(index);
            if (!(count > 0)) {
                throw Failed.invalid(input.nameOf("Counts"), count, "It must be more than 0.");
            }
            Samples next = Samples.times(values.get(index), count);
            all = Optional.of(all.map(next::plus).orElse(next));
        }
        return all.orElseThrow();
    }

    private static Samples ofStatistics(Input input) throws Failed {
        input.accepting("SampleCount", "Sum", "Minimum", "Maximum");
        double count = input.requiredNumber("SampleCount");
        double minimum = input.requiredNumber("Minimum");
        double maximum = input.requiredNumber("Maximum");
        if (!(count > 0)) {
            throw Failed.invalid(input.nameOf("SampleCount"), count, "It must be more than 0.");
        }
        if (minimum > maximum) {
            throw Failed.invalid(
                    input.nameOf("Minimum"), minimum, "It must not be more than Maximum.");
        }
        return new Samples(count, input.requiredNumber("Sum"), minimum, maximum);
    }

    Map<String, Object> list(Input input) throws Failed, InterruptedException {
        input.accepting(
                "Namespace",
                "MetricName",
                "Dimensions",
                "NextToken",
                "RecentlyActive",
                "IncludeLinkedAccounts");
        Predicate<Metric> wanted = wanted(input);
        Optional<String> after = PageToken.open(input);
        monitoring.collect();
        List<Metric> all = monitoring.series().metrics(wanted, activeSince(input));
        int from = PageToken.position(after, all.size());
        int to = Math.min(all.size(), from + LISTED_MAX);
        var answer = new LinkedHashMap<String, Object>();
        answer.put(
                "Metrics",
                all.subList(from, to).stream().map(MetricInput::shown).toList());
        if (to < all.size()) {
            answer.put("NextToken", PageToken.seal(Integer.toString(to)));
        }
        return answer;
    }

    private Instant activeSince(Input input) throws Failed {
        Optional<String> recently = input.text("RecentlyActive", MetricInput.NAME_CHARS_MAX);
        if (recently.isPresent() && !recently.get().equals(RECENT)) {
            throw Failed.invalid("RecentlyActive", recently.get(), "It can be PT3H only.");
        }
        return monitoring.now().minus(recently.isPresent() ? RECENT_SINCE : LISTED_SINCE);
    }

    private static Predicate<Metric> wanted(Input input) throws Failed {
        Optional<String> namespace = input.text("Namespace", MetricInput.NAME_CHARS_MAX);
        Optional<String> name = input.text("MetricName", MetricInput.NAME_CHARS_MAX);
        Predicate<Metric> wanted =
                metric -> namespace.map(metric.namespace()::equals).orElse(true)
                        && name.map(metric.name()::equals).orElse(true);
        for (Input filter : input.objects("Dimensions", FILTERS_MAX)) {
            filter.accepting("Name", "Value");
            String dimension = filter.requiredText("Name", MetricInput.NAME_CHARS_MAX);
            Optional<String> value = filter.text("Value", MetricInput.VALUE_CHARS_MAX);
            wanted = wanted.and(
                    metric -> value.map(one -> one.equals(metric.dimensions().get(dimension)))
                            .orElse(metric.dimensions().containsKey(dimension)));
        }
        return wanted;
    }
}
