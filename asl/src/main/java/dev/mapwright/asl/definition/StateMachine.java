package dev.mapwright.asl.definition;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

    /// Whether an execution runs through without waiting for anything, in no more steps than there
    /// are states: each of them only computes and leads on to states that are listed after it.
    public boolean onlyComputes() {
        var passed = new HashSet<String>();
        return states.values().stream().allMatch(state -> {
            passed.add(state.name());
            return switch (state) {
                case State.Pass pass -> pass.next().stream().noneMatch(passed::contains);
                case State.Choice choice ->
                    choice.rules().stream().map(Rule::next).noneMatch(passed::contains)
                            && choice.otherwise().stream().noneMatch(passed::contains);
                case State.Succeed _, State.Fail _ -> true;
                case State.Task _, State.Wait _, State.Parallel _, State.MapState _ -> false;
            };
        });
    }

    /// The Map state of that name at any depth: in branches, and in item processors of either mode.
    /// A child of a Map Run resumes with its parent's definition and the name of the Map state.
    /// Names are unique in the whole definition.
    public Optional<State.MapState> findMap(String name) {
        return maps().filter(map -> map.name().equals(name)).findFirst();
    }

    /// The text of the item processor of the distributed Map state with that `Label`, at any depth.
    public Optional<String> processorOf(String label, String machineArn) {
        return maps().flatMap(map -> switch (map.mode()) {
                    case MapMode.Distributed mode
                    when mode.labelIn(machineArn, map.name()).equals(label) ->
                        Stream.of(mode.definition());
                    case MapMode.Distributed _, MapMode.Inline _ -> Stream.empty();
                })
                .findFirst();
    }

    private Stream<State.MapState> maps() {
        return states.values().stream().flatMap(state -> switch (state) {
            case State.MapState map ->
                Stream.concat(Stream.of(map), map.processor().maps());
            case State.Parallel parallel ->
                parallel.branches().stream().flatMap(StateMachine::maps);
            case State.Pass _,
                    State.Task _,
                    State.Choice _,
                    State.Wait _,
                    State.Succeed _,
                    State.Fail _ -> Stream.empty();
        });
    }
}
