package dev.mapwright.adapters.functions;

import dev.mapwright.adapters.aws.Address;

import java.nio.file.Path;
import java.util.Optional;

/// Where a function's code is.
public sealed interface FunctionCode {
    /// Received as a zip file and kept.
    ///
    /// @param sha256 of the zip file, in hexadecimal
    /// @param bytes of the zip file
    record Uploaded(String sha256, long bytes) implements FunctionCode {}

    /// In a folder that the user edits.
    record Folder(Path path) implements FunctionCode {}

    /// A Java class, which runs in this process.
    ///
    /// @param place the jar or the folder that has it; absent: this product's own class path
    record InProcess(Optional<Path> place) implements FunctionCode {}

    /// At another Lambda, under the same name.
    record Elsewhere(Address address) implements FunctionCode {}
}
