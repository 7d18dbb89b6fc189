package dev.mapwright.asl.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where states lead: every target must exist within the same `States`, and there must be an end.
///
/// AWS refuses a state that nothing leads to. Here that is a warning: such a state does no harm,
/// and definitions in the making have them.
final class Transitions {
    private static final String MISSING_TARGET = "MISSING_TRANSITION_TARGET";

    private final Node machine;
    private final Node states;
    private final Findings findings;

    private Transitions(Node machine, Node states, Findings findings) {
        this.machine = machine;
        this.states = states;
        this.findings = findings;
    }

    /// A transition: the name of the next state, and the field that says so.
    record Arrow(String target, String location) {}

    /// Checks one `States` object, and those inside of it.
    static void check(Node machine, Findings findings) {
        Optional<Node> states = quietObject(machine, "States");
        states.ifPresent(node -> new Transitions(machine, node, findings).check());
    }

    private void check() {
        machine.text("StartAt")
                .ifPresent(start -> checkTarget(new Arrow(start, machine.location("StartAt"))));
        for (Node state : stateNodes()) {
            arrows(state).forEach(this::checkTarget);
            inner(state).forEach(node -> check(node, findings));
        }
        if (!states.members().isEmpty() && stateNodes().stream().noneMatch(Transitions::isEnd)) {
            findings.errorAtLarge("MISSING_END_STATE", "Workflow has no terminal state");
            return;
        }
        Set<String> reached = reached();
        for (String name : states.members().keySet()) {
            if (!reached.contains(name)) {
                findings.warning(
                        MISSING_TARGET,
                        "State \"%s\" is not reachable.".formatted(name),
                        states.location(name));
            }
        }
    }

    private void checkTarget(Arrow arrow) {
        if (!states.has(arrow.target())) {
            findings.error(
                    MISSING_TARGET, "Missing 'Next' target: " + arrow.target(), arrow.location());
        }
    }

    private Set<String> reached() {
        var reached = new HashSet<String>();
        var open = new ArrayDeque<String>();
        machine.text("StartAt").ifPresent(open::add);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (reached.add(name)) {
                quietObject(states, name).stream()
                        .flatMap(Transitions::arrows)
                        .map(Arrow::target)
                        .forEach(open::add);
            }
        }
        return reached;
    }

    private List<Node> stateNodes() {
        return states.members().keySet().stream()
                .flatMap(name -> quietObject(states, name).stream())
                .toList();
    }

    private static boolean isEnd(Node state) {
        return Boolean.TRUE.equals(state.raw("End"))
                || "Succeed".equals(state.raw("Type"))
                || "Fail".equals(state.raw("Type"));
    }

    static Stream<Arrow> arrows(Node state) {
        var arrows = new ArrayList<Arrow>();
        for (String field : List.of("Next", "Default")) {
            add(arrows, state, field);
        }
        for (String field : List.of("Choices", "Catch")) {
            quietObjects(state, field).forEach(entry -> add(arrows, entry, "Next"));
        }
        return arrows.stream();
    }

    private static void add(List<Arrow> arrows, Node node, String field) {
        if (node.raw(field) instanceof String target) {
            arrows.add(new Arrow(target, node.location(field)));
        }
    }

    /// The branches and item processors of a state.
    static Stream<Node> inner(Node state) {
        return Stream.concat(
                Stream.of("ItemProcessor", "Iterator")
                        .flatMap(field -> quietObject(state, field).stream()),
                quietObjects(state, "Branches").stream());
    }

    /// Members of the wrong type were reported when the states were parsed.
    static Optional<Node> quietObject(Node node, String field) {
        return node.raw(field) instanceof Map ? node.object(field) : Optional.empty();
    }

    static List<Node> quietObjects(Node node, String field) {
        return node.raw(field) instanceof List<?> list && !list.isEmpty()
                ? node.objects(field)
                : List.of();
    }
}
