package dev.mapwright.asl.parse;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Follows the variables of one `States` object along its transitions: warns of what a state may read before it has
/// a value, and refuses an inner scope's assignment to a name of the scopes around it. Branches and inline iterations
/// read what is around them; the children of a distributed Map see none of it.
/// https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
final class VariableFlow {
    private final Node states;
    private final String startAt;
    private final Language language;
    private final Findings findings;

    /// What is certainly assigned when a state is entered; states that are not here are never entered.
    private final Map<String, Set<String>> assigned = new HashMap<>();

    private VariableFlow(Node machine, Node states, Language language, Findings findings) {
        this.states = states;
        this.startAt = machine.text("StartAt").orElse("");
        this.language = language;
        this.findings = findings;
    }

    /// @param language of states that name none
    static void check(Node machine, Language language, Findings findings) {
        check(machine, language, findings, Set.of(), Set.of());
    }

    /// @param certain what is certainly assigned around the machine
    /// @param outer every name that is assigned anywhere around it
    private static void check(
            Node machine, Language language, Findings findings, Set<String> certain, Set<String> outer) {
        Language own = QueryLanguages.ofMachine(machine, language);
        Transitions.quietObject(machine, "States")
                .ifPresent(states -> new VariableFlow(machine, states, own, findings).check(certain, outer));
    }

    private void check(Set<String> certain, Set<String> outer) {
        follow(certain);
        var names = new HashSet<>(outer);
        nodes().values().forEach(state -> assignments(state).forEach((location, own) -> {
            own.stream().filter(outer::contains).forEach(name -> refuse(name, location));
            names.addAll(own);
        }));
        nodes().forEach((name, state) -> {
            Set<String> here = assigned.get(name);
            if (here != null) {
                warn(state, here);
            }
            Set<String> inside = here == null ? names : here;
            Transitions.inner(state).forEach(inner -> {
                if (isDistributed(inner)) {
                    check(inner, language, findings, Set.of(), Set.of());
                } else {
                    check(inner, language, findings, inside, names);
                }
            });
        });
    }

    private void follow(Set<String> certain) {
        Map<String, Node> nodes = nodes();
        var open = new ArrayDeque<String>();
        enter(startAt, certain, open);
        while (!open.isEmpty()) {
            String name = open.remove();
            Node state = nodes.get(name);
            if (state == null) {
                continue;
            }
            Set<String> before = assigned.get(name);
            leave(state, "Next", state, before, open);
            leave(state, "Default", state, before, open);
            for (String field : List.of("Choices", "Catch")) {
                Transitions.quietObjects(state, field).forEach(entry -> leave(entry, "Next", entry, before, open));
            }
        }
    }

    private void leave(Node arrow, String field, Node assigning, Set<String> before, ArrayDeque<String> open) {
        if (arrow.raw(field) instanceof String target) {
            var after = new HashSet<>(before);
            after.addAll(names(assigning));
            enter(target, after, open);
        }
    }

    /// A state is looked at again whenever a way leads to it on which fewer variables are assigned.
    private void enter(String name, Set<String> certain, ArrayDeque<String> open) {
        Set<String> known = assigned.get(name);
        if (known == null) {
            assigned.put(name, certain);
            open.add(name);
        } else if (!certain.containsAll(known)) {
            var both = new HashSet<>(known);
            both.retainAll(certain);
            assigned.put(name, both);
            open.add(name);
        }
    }

    private void warn(Node state, Set<String> here) {
        for (String name : References.of(state, QueryLanguages.ofState(state, language))) {
            if (!here.contains(name)) {
                findings.warning(
                        "POSSIBLY_UNDEFINED_VARIABLE",
                        "The variable '$%s' may have no value here.".formatted(name),
                        state.location());
            }
        }
    }

    private void refuse(String name, String location) {
        findings.error(
                Findings.SCHEMA,
                "The variable '$%s' is assigned in an outer scope and can not be assigned here".formatted(name),
                location);
    }

    private Map<String, Node> nodes() {
        var nodes = new LinkedHashMap<String, Node>();
        for (String name : states.members().keySet()) {
            Transitions.quietObject(states, name).ifPresent(state -> nodes.put(name, state));
        }
        return nodes;
    }

    /// The names that a state assigns on any way out, by the place that says so.
    private static Map<String, Set<String>> assignments(Node state) {
        var assignments = new LinkedHashMap<String, Set<String>>();
        assignments.put(state.location("Assign"), names(state));
        for (String field : List.of("Choices", "Catch")) {
            Transitions.quietObjects(state, field)
                    .forEach(entry -> assignments.put(entry.location("Assign"), names(entry)));
        }
        return assignments;
    }

    private static Set<String> names(Node node) {
        var names = new HashSet<String>();
        if (node.raw("Assign") instanceof Map<?, ?> assign) {
            for (Object field : assign.keySet()) {
                String name = (String) field;
                names.add(name.endsWith(".$") ? name.substring(0, name.length() - 2) : name);
            }
        }
        return names;
    }

    private static boolean isDistributed(Node processor) {
        return processor.raw("ProcessorConfig") instanceof Map<?, ?> config
                && "DISTRIBUTED".equals(config.get("Mode"));
    }
}
