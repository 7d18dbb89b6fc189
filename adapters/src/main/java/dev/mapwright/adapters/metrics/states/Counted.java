package dev.mapwright.adapters.metrics.states;

import dev.mapwright.adapters.metrics.Samples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is counted of one source: lately in its tally, and in sum.
final class Counted {
    private final Source source;
    private final List<MetricName> metrics;
    private final Tally tally;
    private final Histogram executionTimes = new Histogram();
    private final Map<MetricName, Samples> totals = new LinkedHashMap<>();

    Counted(Source source) {
        this.source = source;
        this.metrics = source.metrics();
        this.tally = new Tally(metrics.size());
    }

    Source source() {
        return source;
    }

    Tally.Stripe stripe() {
        return tally.mine();
    }

    void took(long milliseconds) {
        executionTimes.add(milliseconds);
    }

    /// What came since the last time.
    synchronized Map<MetricName, Samples> take() {
        var news = new LinkedHashMap<MetricName, Samples>();
        List<Optional<Samples>> taken = tally.take();
        for (int index = 0; index < metrics.size(); index++) {
            MetricName metric = metrics.get(index);
            taken.get(index).ifPresent(samples -> {
                news.put(metric, samples);
                totals.merge(metric, samples, Samples::plus);
            });
        }
        return news;
    }

    synchronized Totals totals() {
        return new Totals(
                source.identity(),
                new LinkedHashMap<>(totals),
                switch (source) {
                    case Source.Machine _ -> executionTimes.buckets();
                    case Source.Resource _ -> List.of();
                });
    }
}
