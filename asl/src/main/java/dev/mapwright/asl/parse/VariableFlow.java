package dev.mapwright.asl.parse;

import java.util.ArrayDeque;
import java.util.BitSet;
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
    private final Numbering numbering;

    /// What is known when a state is entered; states that are not here are never entered.
    private final Map<String, Assigned> entered = new HashMap<>();

    private VariableFlow(
            Node machine, Node states, Language language, Findings findings, Numbering numbering) {
        this.states = states;
        this.startAt = machine.text("StartAt").orElse("");
        this.language = language;
        this.findings = findings;
        this.numbering = numbering;
    }

    /// The variables at one point: those assigned on every way to it, and those assigned on some.
    /// As bits, by the numbers that [Numbering] gives: a long definition has thousands of each.
    private record Assigned(BitSet always, BitSet sometimes) {
        static final Assigned NOTHING = new Assigned(new BitSet(), new BitSet());

        Assigned with(BitSet names) {
            return names.isEmpty()
                    ? this
                    : new Assigned(union(always, names), union(sometimes, names));
        }

        /// What is known where this way and another meet.
        Assigned meet(Assigned other) {
            var both = (BitSet) always.clone();
            both.and(other.always);
            BitSet either = union(sometimes, other.sometimes);
            return both.equals(always) && either.equals(sometimes)
                    ? this
                    : new Assigned(both, either);
        }

        private static BitSet union(BitSet left, BitSet right) {
            var all = (BitSet) left.clone();
            all.or(right);
            return all;
        }
    }

    /// The numbers of a definition's variables, given when a name is first met.
    private static final class Numbering {
        private final Map<String, Integer> numbers = new HashMap<>();

        int of(String name) {
            return numbers.computeIfAbsent(name, _ -> numbers.size());
        }

        BitSet of(Set<String> names) {
            var bits = new BitSet();
            names.forEach(name -> bits.set(of(name)));
            return bits;
        }
    }

    /// @param language of states that name none
    static void check(Node machine, Language language, Findings findings) {
        check(machine, language, findings, new Numbering(), Assigned.NOTHING);
    }

    private static void check(
            Node machine,
            Language language,
            Findings findings,
            Numbering numbering,
            Assigned around) {
        Language own = QueryLanguages.of(machine, language);
        Transitions.quietObject(machine, "States")
                .ifPresent(states ->
                        new VariableFlow(machine, states, own, findings, numbering).check(around));
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
                                numbering,
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
            enter(target, before.with(numbering.of(names(way))), open);
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

    private void warn(Node state, BitSet assigned) {
        for (String name : References.of(state, QueryLanguages.of(state, language))) {
            if (!assigned.get(numbering.of(name))) {
                findings.warning(
                        "POSSIBLY_UNDEFINED_VARIABLE",
                        "The variable '$%s' may have no value here.".formatted(name),
                        state.location());
            }
        }
    }

    private void refuseAssignments(Node state, BitSet outer) {
        Stream.concat(Stream.of(state), ways(state)).forEach(way -> names(way).stream()
                .filter(name -> outer.get(numbering.of(name)))
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
