package dev.mapwright.asl.expression.choice;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/// The States Language's timestamps: RFC 3339 with a capital `T` and, where there is no numeric
/// offset, a capital `Z`. https://states-language.net/#timestamps
public final class Timestamps {
    private static final Pattern RFC_3339 = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})");

    private Timestamps() {}

    /// The moment that `text` names, or nothing if it is no timestamp.
    public static Optional<OffsetDateTime> parse(String text) {
        if (!RFC_3339.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text));
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }
}
