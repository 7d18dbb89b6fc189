package dev.mapwright.asl.parse;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Warns of values in JSONPath states that look like a path or an intrinsic function, but stand
/// where they are taken as they are written. The codes are AWS's; it does not document the texts.
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html
final class Lookalikes {
    private static final Pattern LOOKS_READ =
            Pattern.compile("\\$\\$?([.\\[].*)?|States\\.[A-Za-z0-9]+\\(.*\\)", Pattern.DOTALL);

    private static final List<String> TEMPLATES =
            List.of("Parameters", "ResultSelector", "ItemSelector", "Assign", "Credentials");

    /// Texts that have a field of the same meaning whose name ends with `Path`.
    private static final List<String> TEXTS = List.of(
            "Error",
            "Cause",
            "StringEquals",
            "StringLessThan",
            "StringGreaterThan",
            "StringLessThanEquals",
            "StringGreaterThanEquals");

    private final Findings findings;

    private Lookalikes(Findings findings) {
        this.findings = findings;
    }

    /// @param language of states that name none
    static void check(Node machine, Language language, Findings findings) {
        new Lookalikes(findings).machine(machine, QueryLanguages.of(machine, language));
    }

    private void machine(Node machine, Language language) {
        Transitions.quietObject(machine, "States").ifPresent(states -> {
            for (String name : states.members().keySet()) {
                Transitions.quietObject(states, name).ifPresent(state -> state(state, language));
            }
        });
    }

    private void state(Node state, Language language) {
        if (QueryLanguages.of(state, language) == Language.JSON_PATH) {
            TEMPLATES.forEach(field -> template(state, field));
            Transitions.quietObject(state, "ItemBatcher")
                    .ifPresent(batcher -> template(batcher, "BatchInput"));
            texts(state);
            Transitions.quietObjects(state, "Choices").forEach(this::rule);
            Transitions.quietObjects(state, "Catch")
                    .forEach(catcher -> template(catcher, "Assign"));
            if (holdsLookalike(state.raw("Result"))) {
                findings.warning(
                        "PASS_RESULT_IS_STATIC",
                        "The value of 'Result' is taken as it is written. Use 'Parameters' to select values.",
                        state.location("Result"));
            }
        }
        Transitions.inner(state)
                .forEach(inner -> machine(inner, QueryLanguages.of(inner, language)));
    }

    private void template(Node node, String field) {
        template(node.raw(field), node.location(field));
    }

    private void template(Object value, String location) {
        switch (value) {
            case Map<?, ?> members ->
                members.forEach((name, member) -> {
                    if (looksRead(member) && !((String) name).endsWith(".$")) {
                        findings.warning(
                                "NO_DOLLAR",
                                "The field '%1$s' is taken as it is written. Call it '%1$s.$' to have its value evaluated."
                                        .formatted(name),
                                location);
                    }
                    template(member, location);
                });
            case List<?> elements -> elements.forEach(element -> template(element, location));
            case null, default -> {}
        }
    }

    private void rule(Node rule) {
        texts(rule);
        template(rule, "Assign");
        for (String field : List.of("And", "Or")) {
            Transitions.quietObjects(rule, field).forEach(this::rule);
        }
        Transitions.quietObject(rule, "Not").ifPresent(this::rule);
    }

    private void texts(Node node) {
        for (String field : TEXTS) {
            if (looksRead(node.raw(field))) {
                findings.warning(
                        "NO_PATH",
                        "The value of '%1$s' is taken as it is written. Use '%1$sPath' to have it evaluated."
                                .formatted(field),
                        node.location(field));
            }
        }
    }

    private static boolean holdsLookalike(Object value) {
        return switch (value) {
            case Map<?, ?> members ->
                members.values().stream().anyMatch(Lookalikes::holdsLookalike);
            case List<?> elements -> elements.stream().anyMatch(Lookalikes::holdsLookalike);
            case null, default -> looksRead(value);
        };
    }

    private static boolean looksRead(Object value) {
        return value instanceof String text && LOOKS_READ.matcher(text).matches();
    }
}
