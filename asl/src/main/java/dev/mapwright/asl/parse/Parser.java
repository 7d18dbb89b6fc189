package dev.mapwright.asl.parse;

import dev.mapwright.asl.definition.StateMachine;

import java.util.List;
import java.util.Optional;

/// JSON text to a compiled [StateMachine], or to diagnostics that say where and why not.
public final class Parser {
    private Parser() {}

    /// @param express whether the machine is of type EXPRESS, which may do less
    public static Parsed parse(String definition, boolean express) {
        throw new UnsupportedOperationException("sketch");
    }

    /// The machine is present exactly if no diagnostic is an error.
    public record Parsed(Optional<StateMachine> machine, List<Diagnostic> diagnostics) {}
}
