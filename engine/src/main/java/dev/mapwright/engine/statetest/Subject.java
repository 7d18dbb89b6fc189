package dev.mapwright.engine.statetest;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.StateMachine;

import java.util.Optional;
import java.util.stream.Stream;

/// The state under test, and whether it handles an item of a Map.
record Subject(State state, Setting setting) {
    enum Setting {
        EXECUTION,
        ITERATION
    }

    /// The state of that name at any depth; names are unique in a definition.
    static Optional<Subject> find(StateMachine machine, String name) {
        return all(machine, Setting.EXECUTION)
                .filter(subject -> subject.state().name().equals(name))
                .findFirst();
    }

    private static Stream<Subject> all(StateMachine machine, Setting setting) {
        return machine.states().values().stream()
                .flatMap(state -> Stream.concat(
                        Stream.of(new Subject(state, setting)), inside(state, setting)));
    }

    /// The states inside of a Map or Parallel.
    static Stream<Subject> inside(State state, Setting setting) {
        return switch (state) {
            case State.MapState map -> all(map.processor(), Setting.ITERATION);
            case State.Parallel parallel ->
                parallel.branches().stream().flatMap(branch -> all(branch, setting));
            case State.Pass _,
                    State.Task _,
                    State.Choice _,
                    State.Wait _,
                    State.Succeed _,
                    State.Fail _ -> Stream.empty();
        };
    }

    /// AWS's word for the state's type.
    String type() {
        return switch (state) {
            case State.Pass _ -> "Pass";
            case State.Task _ -> "Task";
            case State.Choice _ -> "Choice";
            case State.Wait _ -> "Wait";
            case State.Succeed _ -> "Succeed";
            case State.Fail _ -> "Fail";
            case State.Parallel _ -> "Parallel";
            case State.MapState _ -> "Map";
        };
    }
}
