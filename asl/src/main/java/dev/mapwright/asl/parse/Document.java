package dev.mapwright.asl.parse;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.util.Map;
import java.util.Optional;

/// A definition as a text: its length and its syntax.
final class Document {
    private static final String SOURCE = "[Source:";

    private Document() {}

    /// The definition's members; empty, with a finding, if the text is no JSON object.
    static Optional<Map<String, Object>> read(String definition, Findings findings) {
        if (definition.isBlank()) {
            findings.errorAtLarge(
                    "MISSING_DESCRIPTION", "Received a null or empty workflow input.");
            return Optional.empty();
        }
        if (definition.length() > Parser.DEFINITION_LENGTH_MAX) {
            findings.errorAtLarge(
                    Findings.SCHEMA,
                    "Definition has %d characters, more than the limit of %d"
                            .formatted(definition.length(), Parser.DEFINITION_LENGTH_MAX));
            return Optional.empty();
        }
        try {
            if (Json.parse(definition).value() instanceof Map<?, ?> members) {
                return Optional.of(members(members));
            }
            findings.errorAtLarge(Findings.SCHEMA, "Definition must be a valid JSON object");
        } catch (JsonSyntaxException problem) {
            String message = problem.getMessage();
            int source = message.indexOf(SOURCE);
            if (source < 0) {
                findings.errorAtLarge("INVALID_JSON_DESCRIPTION", message);
            } else {
                findings.error("INVALID_JSON_DESCRIPTION", message, message.substring(source));
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(Map<?, ?> members) {
        return (Map<String, Object>) members;
    }
}
