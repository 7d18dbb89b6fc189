package dev.mapwright.adapters.functions.invocation;

/// What came of a call.
///
/// @param trace its [Trace] header
/// @param executedVersion never an alias
public record FunctionAnswer(
        Invoked invoked, String requestId, String trace, String executedVersion) {}
