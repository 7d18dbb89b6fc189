package dev.mapwright.adapters.metrics.alarms;

import java.util.Optional;
import java.util.stream.Stream;

/// `TreatMissingData`: what a period without samples counts as.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
public enum MissingData {
    MISSING("missing"),
    IGNORE("ignore"),
    BREACHING("breaching"),
    NOT_BREACHING("notBreaching");

    private final String text;

    MissingData(String text) {
        this.text = text;
    }

    public static Optional<MissingData> of(String text) {
        return Stream.of(values()).filter(one -> one.text.equals(text)).findFirst();
    }

    /// As AWS writes it.
    public String text() {
        return text;
    }
}
