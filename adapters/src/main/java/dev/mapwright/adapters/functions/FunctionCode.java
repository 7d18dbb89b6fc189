package dev.mapwright.adapters.functions;

import java.nio.file.Path;

/// Where a function's code is.
public sealed interface FunctionCode {
    /// Received as a zip file and kept.
    ///
    /// @param sha256 of the zip file, in hexadecimal
    /// @param bytes of the zip file
    record Uploaded(String sha256, long bytes) implements FunctionCode {}

    /// In a folder that the user edits.
    record Folder(Path path) implements FunctionCode {}
}
