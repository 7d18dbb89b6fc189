package dev.mapwright.adapters.metrics;

import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What identifies a metric: the same name with other dimensions is another metric.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html
///
/// @param dimensions by name
public record Metric(String namespace, String name, SortedMap<String, String> dimensions)
        implements Comparable<Metric> {
    private static final Comparator<Metric> BY_NAME =
            Comparator.comparing(Metric::namespace).thenComparing(Metric::name);

    public Metric {
        dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    }

    public static Metric of(String namespace, String name, Map<String, String> dimensions) {
        return new Metric(namespace, name, new TreeMap<>(dimensions));
    }

    /// By namespace, name and dimensions: the order of listings.
    @Override
    public int compareTo(Metric other) {
        int byName = BY_NAME.compare(this, other);
        return byName != 0 ? byName : compareDimensions(other);
    }

    private int compareDimensions(Metric other) {
        Iterator<Map.Entry<String, String>> others = other.dimensions.entrySet().iterator();
        for (Map.Entry<String, String> own : dimensions.entrySet()) {
            if (!others.hasNext()) {
                return 1;
            }
            Map.Entry<String, String> next = others.next();
            int byDimension = own.getKey().compareTo(next.getKey());
            if (byDimension == 0) {
                byDimension = own.getValue().compareTo(next.getValue());
            }
            if (byDimension != 0) {
                return byDimension;
            }
        }
        return others.hasNext() ? -1 : 0;
    }
}
