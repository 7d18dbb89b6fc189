package dev.mapwright.asl.parse;

import java.util.Optional;

/// One finding about a definition, as ValidateStateMachineDefinition reports it.
///
/// @param code `SCHEMA_VALIDATION_FAILED`, `INVALID_JSON_DESCRIPTION`, `DUPLICATE_STATE_NAME`, …
/// @param location where in the document: `/States/Map/ItemProcessor/States/X`
public record Diagnostic(
        Severity severity, String code, String message, Optional<String> location) {
    public enum Severity {
        ERROR,
        WARNING
    }
}
