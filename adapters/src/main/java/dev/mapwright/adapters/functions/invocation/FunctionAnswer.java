package dev.mapwright.adapters.functions.invocation;

/// What came of a call.
///
/// @param executedVersion never an alias
public record FunctionAnswer(Invoked invoked, String requestId, String executedVersion) {}
