package dev.mapwright.server.openmetrics;

import dev.mapwright.adapters.metrics.Samples;
import dev.mapwright.adapters.metrics.Unit;
import dev.mapwright.adapters.metrics.states.MetricName;
import dev.mapwright.adapters.metrics.states.Totals;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A page being written.
final class Exposition {
    private static final String PREFIX = "aws_states_";

    private final TextFormat format;
    private final StringBuilder text = new StringBuilder();

    Exposition(TextFormat format) {
        this.format = format;
    }

    void counter(MetricName metric, Map<Totals, Samples> sources) {
        String name = name(metric);
        announce(
                switch (format) {
                    case OPEN_METRICS -> name;
                    case PROMETHEUS -> name + "_total";
                },
                "counter");
        sources.forEach(
                (source, samples) -> line(name + "_total", labels(source), number(samples.sum())));
    }

    void gauge(MetricName metric, long value) {
        announce(name(metric), "gauge");
        line(name(metric), "", Long.toString(value));
    }

    void summary(MetricName metric, Map<Totals, Samples> sources) {
        announce(name(metric), "summary");
        sources.forEach((source, samples) -> {
            count(metric, source, samples.count());
            sum(metric, source, samples);
        });
    }

    void histogram(MetricName metric, Map<Totals, Samples> sources) {
        announce(name(metric), "histogram");
        sources.forEach((source, samples) -> {
            for (Totals.Bucket bucket : source.executionTimes()) {
                boolean all = bucket.millisecondsMax() == Long.MAX_VALUE;
                String bound = all ? "+Inf" : bucket.millisecondsMax() + ".0";
                line(
                        name(metric) + "_bucket",
                        labels(source) + ",le=\"" + bound + "\"",
                        Long.toString(bucket.count()));
            }
            count(metric, source, source.executionTimes().getLast().count());
            sum(metric, source, samples);
        });
    }

    private void count(MetricName metric, Totals source, double count) {
        line(name(metric) + "_count", labels(source), number(count));
    }

    private void sum(MetricName metric, Totals source, Samples samples) {
        line(name(metric) + "_sum", labels(source), number(samples.sum()));
    }

    private void announce(String name, String type) {
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String labels, String value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(value).append('\n');
    }

    private static String labels(Totals source) {
        return source.dimensions().entrySet().stream()
                .map(dimension -> snakeCase(dimension.getKey()) + "=\""
                        + escaped(dimension.getValue()) + "\"")
                .collect(Collectors.joining(","));
    }

    /// With its unit at the end, unless it only counts.
    private static String name(MetricName metric) {
        String name = PREFIX + snakeCase(metric.text());
        return metric.unit() == Unit.COUNT
                ? name
                : name + "_" + metric.unit().text().toLowerCase(Locale.ROOT);
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    String text() {
        return switch (format) {
            case OPEN_METRICS -> text + "# EOF\n";
            case PROMETHEUS -> text.toString();
        };
    }
}
