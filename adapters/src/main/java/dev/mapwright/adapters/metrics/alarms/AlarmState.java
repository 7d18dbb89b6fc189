package dev.mapwright.adapters.metrics.alarms;

import java.time.Instant;
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
