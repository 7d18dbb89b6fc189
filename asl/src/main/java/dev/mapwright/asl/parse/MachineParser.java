package dev.mapwright.asl.parse;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.StateMachine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A `StartAt` with its `States`: the machine itself, a branch, or an item processor.
final class MachineParser {
    /// How many States objects may stand inside of each other.
    static final int DEPTH_MAX = 50;

    private static final long TIMEOUT_SECONDS_MAX = 99_999_999;

    static final Set<String> TOP_FIELDS =
            Set.of("StartAt", "States", "Comment", "Version", "TimeoutSeconds", "QueryLanguage");
    static final Set<String> BRANCH_FIELDS =
            Set.of("StartAt", "States", "Comment", "QueryLanguage");
    static final Set<String> PROCESSOR_FIELDS =
            Set.of("StartAt", "States", "Comment", "QueryLanguage", "ProcessorConfig");

    private static final StateMachine NOTHING = new StateMachine("", Map.of(), Optional.empty());

    private MachineParser() {}

    static StateMachine top(Node top, Scene scene) {
        top.allow(TOP_FIELDS, scene.language());
        top.oneOf("Version", List.of("1.0"));
        // AWS takes a 0 and lets the machine run as long as its type may.
        Optional<Duration> timeout = Numbers.whole(top, "TimeoutSeconds", 0, TIMEOUT_SECONDS_MAX)
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
        StateMachine machine = machine(top, scene);
        return new StateMachine(machine.startAt(), machine.states(), timeout);
    }

    static StateMachine branch(Node branch, Scene around) {
        Scene scene = around.inner(around.type(), QueryLanguages.within(branch, around.language()));
        branch.allow(BRANCH_FIELDS, scene.language());
        return machine(branch, scene);
    }

    static StateMachine processor(Node processor, MachineType type, Scene around) {
        Scene scene = around.inner(type, QueryLanguages.within(processor, around.language()));
        processor.allow(PROCESSOR_FIELDS, scene.language());
        return machine(processor, scene);
    }

    private static StateMachine machine(Node machine, Scene scene) {
        machine.require(List.of("States", "StartAt"));
        if (scene.depth() > DEPTH_MAX) {
            scene.findings()
                    .error(
                            "TOO_DEEPLY_NESTED",
                            "The states are too deeply nested.",
                            machine.location());
            return NOTHING;
        }
        Optional<Node> states = machine.object("States");
        String startAt = machine.text("StartAt").orElse("");
        if (states.isEmpty()) {
            return NOTHING;
        }
        if (states.get().members().isEmpty()) {
            machine.errorAt("States", "Value cannot be empty");
            return NOTHING;
        }
        return new StateMachine(startAt, states(states.get(), scene), Optional.empty());
    }

    private static Map<String, State> states(Node states, Scene scene) {
        var parsed = new LinkedHashMap<String, State>();
        for (String name : states.members().keySet()) {
            scene.names().state(states, name);
            states.object(name)
                    .flatMap(state -> StateParser.state(name, state.asState(), scene))
                    .ifPresent(state -> parsed.put(name, state));
        }
        return parsed;
    }
}
