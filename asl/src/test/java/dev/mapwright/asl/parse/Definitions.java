package dev.mapwright.asl.parse;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.StateMachine;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.expression.Variables;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.asl.parse.Parser.Parsed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Definitions for tests: written with single quotes, and what the parser says about them.
final class Definitions {
    private Definitions() {}

    /// A machine with the one state `S`, given as its members.
    static String jsonPath(String members) {
        return json("{'StartAt': 'S', 'States': {'S': {%s}}}".formatted(members));
    }

    static String jsonata(String members) {
        return json("{'QueryLanguage': 'JSONata', 'StartAt': 'S', 'States': {'S': {%s}}}"
                .formatted(members));
    }

    static String json(String text) {
        return text.replace('\'', '"');
    }

    static List<String> problems(String definition) {
        return shown(Parser.parse(definition, false));
    }

    static List<String> problemsIfExpress(String definition) {
        return shown(Parser.parse(definition, true));
    }

    static StateMachine machine(String definition) {
        Parsed parsed = Parser.parse(definition, false);
        return parsed.machine().orElseThrow(() -> new AssertionError(parsed.diagnostics()));
    }

    static State state(String definition) {
        return machine(definition).state("S");
    }

    static Scope scope(String input) {
        try {
            return new Scope(
                    Json.parse(json(input)),
                    Optional.empty(),
                    Optional.empty(),
                    () -> Json.EMPTY_OBJECT,
                    Variables.NONE,
                    Instant.EPOCH,
                    new Random(1));
        } catch (JsonSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> shown(Parsed parsed) {
        return parsed.diagnostics().stream()
                .map(found -> "%s: %s at %s"
                        .formatted(
                                found.code(), found.message(), found.location().orElse("nowhere")))
                .toList();
    }
}
