package dev.mapwright.adapters.metrics;

import java.util.Optional;
import java.util.stream.Stream;

/// The five statistics that a set of samples keeps.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
public enum Statistic {
    SAMPLE_COUNT("SampleCount"),
    AVERAGE("Average"),
    SUM("Sum"),
    MINIMUM("Minimum"),
    MAXIMUM("Maximum");

    private final String text;

    Statistic(String text) {
        this.text = text;
    }

    public static Optional<Statistic> of(String text) {
        return Stream.of(values())
                .filter(statistic -> statistic.text.equals(text))
                .findFirst();
    }

    /// As AWS writes it.
    public String text() {
        return text;
    }

    public double of(Samples samples) {
        return switch (this) {
            case SAMPLE_COUNT -> samples.count();
            case AVERAGE -> samples.sum() / samples.count();
            case SUM -> samples.sum();
            case MINIMUM -> samples.minimum();
            case MAXIMUM -> samples.maximum();
        };
    }
}
