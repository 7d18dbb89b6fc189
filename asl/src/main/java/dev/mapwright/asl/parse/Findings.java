package dev.mapwright.asl.parse;

import dev.mapwright.asl.parse.Diagnostic.Severity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What parsing one definition has found so far, errors before warnings.
final class Findings {
    static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";

    /// How many of each severity are kept: as many as ValidateStateMachineDefinition can return.
    /// The rest would only repeat what is wrong.
    static final int COUNT_MAX = 100;

    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>();

    void error(String code, String message, String location) {
        add(errors, new Diagnostic(Severity.ERROR, code, message, Optional.of(location)));
    }

    void errorAtLarge(String code, String message) {
        add(errors, new Diagnostic(Severity.ERROR, code, message, Optional.empty()));
    }

    void warning(String code, String message, String location) {
        add(warnings, new Diagnostic(Severity.WARNING, code, message, Optional.of(location)));
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    List<Diagnostic> all() {
        return Stream.concat(errors.stream(), warnings.stream()).toList();
    }

    private static void add(List<Diagnostic> list, Diagnostic finding) {
        if (list.size() < COUNT_MAX && !list.contains(finding)) {
            list.add(finding);
        }
    }
}
