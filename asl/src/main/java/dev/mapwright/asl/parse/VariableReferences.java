package dev.mapwright.asl.parse;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which state mentions which variables, as DescribeStateMachine shows it.
public final class VariableReferences {
    private VariableReferences() {}

    /// Names of states, at any depth, to the sorted names of the variables that they read. States
    /// that read none are left out; a text that [Parser] would not accept may have no references.
    public static SortedMap<String, List<String>> of(String definition) {
        var findings = new Findings();
        var references = new TreeMap<String, List<String>>();
        Optional<Map<String, Object>> document = Document.read(definition, findings);
        if (document.isEmpty()) {
            return references;
        }
        Node top = Node.root(document.get(), findings);
        Language language = QueryLanguages.of(top, Language.JSON_PATH);
        var open = new ArrayDeque<Node>(List.of(top));
        while (!open.isEmpty()) {
            Transitions.quietObject(open.remove(), "States").ifPresent(states -> {
                for (String name : states.members().keySet()) {
                    Transitions.quietObject(states, name).ifPresent(state -> {
                        var mentioned = References.of(state, QueryLanguages.of(state, language));
                        if (!mentioned.isEmpty()) {
                            references.put(name, List.copyOf(mentioned));
                        }
                        Transitions.inner(state).forEach(open::add);
                    });
                }
            });
        }
        return references;
    }
}
