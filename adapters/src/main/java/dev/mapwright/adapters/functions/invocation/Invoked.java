package dev.mapwright.adapters.functions.invocation;

/// What a function made of an event.
public sealed interface Invoked {
    /// JSON as a rule, but a function may return any bytes.
    byte[] payload();

    /// The end of what was logged meanwhile.
    LogTail log();

    record Returned(byte[] payload, LogTail log) implements Invoked {}

    /// @param payload the error object of the function's runtime, or the platform's own
    record Failed(byte[] payload, LogTail log) implements Invoked {}
}
