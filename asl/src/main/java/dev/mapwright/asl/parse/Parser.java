package dev.mapwright.asl.parse;

import dev.mapwright.asl.definition.StateMachine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// JSON text to a compiled [StateMachine], or to diagnostics that say where and why not. Never
/// throws, whatever the text; a definition is compiled once and then only read.
public final class Parser {
    /// In characters; https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
    public static final int DEFINITION_LENGTH_MAX = 1_048_576;

    private Parser() {}

    /// @param express whether the machine is of type EXPRESS, which may do less
    public static Parsed parse(String definition, boolean express) {
        MachineType type = express ? MachineType.EXPRESS : MachineType.STANDARD;
        return read(
                definition, (document, findings) -> Optional.of(machine(document, type, findings)));
    }

    /// Reads one state alone, as TestState is given it: a machine of that name and no other, whose
    /// transitions lead nowhere.
    public static Parsed parseState(String name, String definition) {
        return read(definition, (document, findings) -> {
            var scene =
                    new Scene(findings, new Names(), MachineType.STANDARD, Language.JSON_PATH, 1);
            return StateParser.state(name, Node.root(document, findings), scene)
                    .map(state -> new StateMachine(name, Map.of(name, state), Optional.empty()));
        });
    }

    @FunctionalInterface
    private interface Reading {
        Optional<StateMachine> of(Map<String, Object> document, Findings findings);
    }

    /// Expressions are compiled by recursion: one that is nested beyond all measure ends here.
    private static Parsed read(String definition, Reading reading) {
        var findings = new Findings();
        Optional<StateMachine> machine = Optional.empty();
        try {
            machine = Document.read(definition, findings)
                    .flatMap(document -> reading.of(document, findings));
        } catch (StackOverflowError tooDeep) {
            findings.errorAtLarge(
                    "TOO_DEEPLY_NESTED", "A path or expression is too deeply nested.");
        }
        return new Parsed(machine.filter(_ -> !findings.hasErrors()), findings.all());
    }

    private static StateMachine machine(
            Map<String, Object> document, MachineType type, Findings findings) {
        Node top = Node.root(document, findings);
        Language language = QueryLanguages.of(top, Language.JSON_PATH);
        StateMachine machine =
                MachineParser.top(top, new Scene(findings, new Names(), type, language, 1));
        // What is badly shaped leads nowhere in particular: its transitions would only echo the
        // mistake.
        if (!findings.hasErrors()) {
            Transitions.check(top, findings);
            VariableFlow.check(top, language, findings);
            Lookalikes.check(top, language, findings);
        }
        return machine;
    }

    /// The machine is present exactly if no diagnostic is an error.
    public record Parsed(Optional<StateMachine> machine, List<Diagnostic> diagnostics) {
        /// The errors in the form of CreateStateMachine's `InvalidDefinition`:
        /// `Invalid State Machine Definition: 'CODE: message at location, …'`.
        public String refusal() {
            return diagnostics.stream()
                    .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
                    .map(Parsed::shown)
                    .collect(Collectors.joining(", ", "Invalid State Machine Definition: '", "'"));
        }

        /// AWS writes `null` for an error that stands nowhere in particular.
        private static String shown(Diagnostic error) {
            return "%s: %s at %s"
                    .formatted(error.code(), error.message(), error.location().orElse("null"));
        }
    }
}
