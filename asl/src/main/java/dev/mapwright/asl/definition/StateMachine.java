package dev.mapwright.asl.definition;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A parsed, validated and compiled machine; also one Parallel branch, and one item processor.
///
/// @param states by name, in the order of the definition
/// @param timeout of a whole execution; only at the top
public record StateMachine(String startAt, Map<String, State> states, Optional<Duration> timeout) {
    public StateMachine {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }

    public State state(String name) {
        State state = states.get(name);
        if (state == null) {
            throw new IllegalStateException(
                    "no state '%s' among %s".formatted(name, states.keySet()));
        }
        return state;
    }

    /// The Map state of that name at any depth: in branches, and in item processors of either mode.
    /// A child of a Map Run resumes with its parent's definition and the name of the Map state.
    /// Names are unique in the whole definition.
    public Optional<State.MapState> findMap(String name) {
        for (State state : states.values()) {
            Optional<State.MapState> found = findMap(state, name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<State.MapState> findMap(State state, String name) {
        return switch (state) {
            case State.MapState map when map.name().equals(name) -> Optional.of(map);
            case State.MapState map -> map.processor().findMap(name);
            case State.Parallel parallel ->
                parallel.branches().stream()
                        .flatMap(branch -> branch.findMap(name).stream())
                        .findFirst();
            case State.Pass _,
                    State.Task _,
                    State.Choice _,
                    State.Wait _,
                    State.Succeed _,
                    State.Fail _ -> Optional.empty();
        };
    }
}
