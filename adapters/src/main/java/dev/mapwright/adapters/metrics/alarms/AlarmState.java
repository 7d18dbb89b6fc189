package dev.mapwright.adapters.metrics.alarms;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// @param reason for humans
/// @param reasonData the same as JSON; absent where nothing was evaluated
/// @param updatedAt when the reason last changed
/// @param transitionedAt when the value last changed
public record AlarmState(
        Value value,
        String reason,
        Optional<String> reasonData,
        Instant updatedAt,
        Instant transitionedAt) {
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// `2026-01-31T12:00:00.000+0000`, as CloudWatch writes times into what it says of alarms.
    public static String shown(Instant time) {
        return SHOWN.format(time);
    }

    /// `StateValue`, spelled as here.
    public enum Value {
        OK,
        ALARM,
        INSUFFICIENT_DATA;

        public static Optional<Value> of(String text) {
            return Stream.of(values())
                    .filter(value -> value.name().equals(text))
                    .findFirst();
        }
    }

    static AlarmState initial(Instant now) {
        return new AlarmState(
                Value.INSUFFICIENT_DATA,
                "Unchecked: Initial alarm creation",
                Optional.empty(),
                now,
                now);
    }

    AlarmState changed(Value next, String why, Optional<String> data, Instant now) {
        return new AlarmState(next, why, data, now, next == value ? transitionedAt : now);
    }
}
