package dev.mapwright.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A function that the configuration declares.
///
/// @param concurrency how many invocations may be under way at once; absent: any number
public record FunctionDeclaration(
        String name, Code code, int timeoutSeconds, int memoryMegabytes, OptionalInt concurrency) {
    /// What it consists of.
    public sealed interface Code {
        /// A folder that processes run.
        ///
        /// @param environment the function's own variables
        record Processes(
                Path folder, String runtime, String handler, Map<String, String> environment)
                implements Code {}

        /// A Java class that runs in the server's process.
        ///
        /// @param handler the class, with `::` and a method or without
        /// @param place the jar or the folder that has it; absent: the server's own class path
        record JavaClass(String handler, Optional<Path> place) implements Code {}

        /// A function of this name at another Lambda.
        record Elsewhere(ServicePlace place) implements Code {}
    }
}
