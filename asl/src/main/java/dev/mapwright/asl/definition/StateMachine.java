package dev.mapwright.asl.definition;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A parsed, validated and compiled machine; also one Parallel branch, and one item processor.
public record StateMachine(String startAt, Map<String, State> states, Optional<Duration> timeout) {
    public State state(String name) {
        State state = states.get(name);
        if (state == null) {
            throw new IllegalStateException(
                    "no state '%s' among %s".formatted(name, states.keySet()));
        }
        return state;
    }
}
