package dev.mapwright.adapters.metrics.alarms;

import java.util.Optional;
import java.util.stream.Stream;

/// `ComparisonOperator`, as far as it does without anomaly detection.
public enum Comparison {
    GREATER_OR_EQUAL("GreaterThanOrEqualToThreshold", "greater than or equal to"),
    GREATER("GreaterThanThreshold", "greater than"),
    LESS("LessThanThreshold", "less than"),
    LESS_OR_EQUAL("LessThanOrEqualToThreshold", "less than or equal to");

    private final String text;
    private final String words;

    Comparison(String text, String words) {
        this.text = text;
        this.words = words;
    }

    public static Optional<Comparison> of(String text) {
        return Stream.of(values())
                .filter(comparison -> comparison.text.equals(text))
                .findFirst();
    }

    /// As AWS writes it.
    public String text() {
        return text;
    }

    String words() {
        return words;
    }

    boolean isBreached(double value, double threshold) {
        return switch (this) {
            case GREATER_OR_EQUAL -> value >= threshold;
            case GREATER -> value > threshold;
            case LESS -> value < threshold;
            case LESS_OR_EQUAL -> value <= threshold;
        };
    }
}
