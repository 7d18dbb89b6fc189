package dev.mapwright.asl.parse;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Follows the variables of one `States` object along its transitions: warns of what a state may
/// read before it has a value, and refuses an inner scope's assignment to a name that may have a
/// value around it. Branches and inline iterations read what is around them; the children of a
/// distributed Map see none of it.
/// https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
final class VariableFlow {
    private final Node states;
    private final String startAt;
    private final Language language;
    private final Findings findings;

    /// What is known when a state is entered; states that are not here are never entered.
    private final Map<String, Assigned> entered = new HashMap<>();

    private VariableFlow(Node machine, Node states, Language language, Findings findings) {
        this.states = states;
        this.startAt = machine.text("StartAt").orElse("");
        this.language = language;
        this.findings = findings;
    }

    /// The variables at one point: those assigned on every way to it, and those assigned on some.
    private record Assigned(Set<String> always, Set<String> sometimes) {
        static final Assigned NOTHING = new Assigned(Set.of(), Set.of());

        Assigned with(Set<String> names) {
            return names.isEmpty()
                    ? this
                    : new Assigned(union(always, names), union(sometimes, names));
        }

        /// What is known where this way and another meet.
        Assigned meet(Assigned other) {
            if (other.always.containsAll(always) && sometimes.containsAll(other.sometimes)) {
                return this;
            }
            var both = new HashSet<>(always);
            both.retainAll(other.always);
            return new Assigned(both, union(sometimes, other.sometimes));
        }

        private static Set<String> union(Set<String> left, Set<String> right) {
            var all = new HashSet<>(left);
            all.addAll(right);
            return all;
        }
    }

    /// @param language of states that name none
    static void check(Node machine, Language language, Findings findings) {
        check(machine, language, findings, Assigned.NOTHING);
    }

    private static void check(Node machine, Language language, Findings findings, Assigned around) {
        Language own = QueryLanguages.ofMachine(machine, language);
        Transitions.quietObject(machine, "States")
                .ifPresent(
                        states -> new VariableFlow(machine, states, own, findings).check(around));
    }

    private void check(Assigned around) {
        Map<String, Node> nodes = nodes();
        follow(nodes, around);
        nodes.forEach((name, state) -> {
            refuseAssignments(state, around.sometimes());
            Assigned here = entered.get(name);
            if (here != null) {
                warn(state, here.always());
                Transitions.inner(state)
                        .forEach(inner -> check(
                                inner,
                                language,
                                findings,
                                isDistributed(inner) ? Assigned.NOTHING : here));
            }
        });
    }

    private void follow(Map<String, Node> nodes, Assigned around) {
        var open = new ArrayDeque<String>();
        enter(startAt, around, open);
        while (!open.isEmpty()) {
            String name = open.remove();
            Node state = nodes.get(name);
            if (state != null) {
                Assigned before = entered.get(name);
                leave(state, "Next", before, open);
                leave(state, "Default", before, open);
                ways(state).forEach(way -> leave(way, "Next", before, open));
            }
        }
    }

    private void leave(Node way, String field, Assigned before, ArrayDeque<String> open) {
        if (way.raw(field) instanceof String target) {
            enter(target, before.with(names(way)), open);
        }
    }

    /// A state is looked at again whenever another way to it changes what is known there.
    private void enter(String name, Assigned arriving, ArrayDeque<String> open) {
        Assigned known = entered.get(name);
        Assigned now = known == null ? arriving : known.meet(arriving);
        if (now != known) {
            entered.put(name, now);
            open.add(name);
        }
    }

    private void warn(Node state, Set<String> assigned) {
        for (String name : References.of(state, QueryLanguages.ofState(state, language))) {
            if (!assigned.contains(name)) {
                findings.warning(
                        "POSSIBLY_UNDEFINED_VARIABLE",
                        "The variable '$%s' may have no value here.".formatted(name),
                        state.location());
            }
        }
    }

    private void refuseAssignments(Node state, Set<String> outer) {
        Stream.concat(Stream.of(state), ways(state)).forEach(way -> names(way).stream()
                .filter(outer::contains)
                .sorted()
                .forEach(name -> findings.error(
                        Findings.SCHEMA,
                        "The variable '$%s' is assigned in an outer scope and can not be assigned here"
                                .formatted(name),
                        way.location("Assign"))));
    }

    private Map<String, Node> nodes() {
        var nodes = new LinkedHashMap<String, Node>();
        for (String name : states.members().keySet()) {
            Transitions.quietObject(states, name).ifPresent(state -> nodes.put(name, state));
        }
        return nodes;
    }

    /// A state's rules and catchers, which assign variables of their own.
    private static Stream<Node> ways(Node state) {
        return Stream.of("Choices", "Catch")
                .flatMap(field -> Transitions.quietObjects(state, field).stream());
    }

    private static Set<String> names(Node node) {
        var names = new HashSet<String>();
        if (node.raw("Assign") instanceof Map<?, ?> assign) {
            assign.keySet()
                    .forEach(field -> names.add(JsonPathLanguage.withoutSuffix((String) field)));
        }
        return names;
    }

    private static boolean isDistributed(Node processor) {
        return processor.raw("ProcessorConfig") instanceof Map<?, ?> config
                && "DISTRIBUTED".equals(config.get("Mode"));
    }
}
