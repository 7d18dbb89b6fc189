package dev.mapwright.asl.parse;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/// The fields that hold a number: a literal, a path to it, or an expression. Ranges are those of
/// the documentation; a path's value is checked when the state runs, with the text AWS was seen to
/// give.
enum NumberField {
    TIMEOUT_SECONDS("TimeoutSeconds", 1, 99_999_999),
    HEARTBEAT_SECONDS("HeartbeatSeconds", 1, 99_999_999),
    WAIT_SECONDS("Seconds", 0, 99_999_999),
    MAX_CONCURRENCY("MaxConcurrency", 0, Integer.MAX_VALUE),
    TOLERATED_FAILURE_COUNT("ToleratedFailureCount", 0, Integer.MAX_VALUE),
    TOLERATED_FAILURE_PERCENTAGE("ToleratedFailurePercentage", 0, 100),
    MAX_ITEMS("MaxItems", 0, 100_000_000),
    MAX_ITEMS_PER_BATCH("MaxItemsPerBatch", 1, Integer.MAX_VALUE),
    MAX_INPUT_BYTES_PER_BATCH("MaxInputBytesPerBatch", 1, 262_144);

    private final String title;
    private final long least;
    private final long most;

    NumberField(String title, long least, long most) {
        this.title = title;
        this.least = least;
        this.most = most;
    }

    String title() {
        return title;
    }

    String pathTitle() {
        return title + "Path";
    }

    boolean isFraction() {
        return this == TOLERATED_FAILURE_PERCENTAGE;
    }

    /// The number if `value` is one of the field's kind: a whole one, or for percentages any.
    Optional<Number> number(Object value) {
        return switch (value) {
            case Integer whole -> Optional.of(whole);
            case Long whole -> Optional.of(whole);
            case Double real when isFraction() -> Optional.of(real);
            case Double real
            when real == Math.rint(real) && Math.abs(real) < 1e15 -> Optional.of(real.longValue());
            case BigInteger big -> Optional.of(clamped(new BigDecimal(big)));
            case BigDecimal big when isFraction() -> Optional.of(big.doubleValue());
            case null, default -> Optional.empty();
        };
    }

    /// As [#number], but takes a text that spells the number as well, as AWS does for what paths
    /// select.
    Optional<Number> numberOrText(Object value) {
        if (!(value instanceof String text)) {
            return number(value);
        }
        try {
            return Optional.of(
                    isFraction() ? (Number) Double.valueOf(text) : (Number) Long.valueOf(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /// What a definition is told about a literal out of range.
    Optional<String> outOfRange(Number value) {
        if (value.doubleValue() < least) {
            return Optional.of("Minimum value is " + bound(least));
        }
        if (value.doubleValue() > most || Double.isNaN(value.doubleValue())) {
            return Optional.of("Maximum value is " + bound(most));
        }
        return Optional.empty();
    }

    /// What an execution is told about a value out of range. Two of the texts were recorded, the
    /// others follow them. `MaxItems` is left to the reader, which fails the Map Run for a negative
    /// value and takes one beyond the limit.
    Optional<String> outOfRangeAtRunTime(Number value) {
        if (this == MAX_ITEMS || outOfRange(value).isEmpty()) {
            return Optional.empty();
        }
        if (this == TOLERATED_FAILURE_PERCENTAGE || most < Integer.MAX_VALUE) {
            return Optional.of("%s must be between %d and %d.".formatted(title, least, most));
        }
        if (value.doubleValue() > most) {
            return Optional.of("%s must be at most %d.".formatted(title, most));
        }
        return Optional.of(
                least == 0
                        ? "%s cannot be negative.".formatted(title)
                        : "%s must be at least %d.".formatted(title, least));
    }

    private String bound(long bound) {
        return isFraction() ? bound + ".0" : Long.toString(bound);
    }

    private static Number clamped(BigDecimal big) {
        return big.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
