package dev.mapwright.adapters.functions.invocation;

import java.util.Optional;

/// One event for a function.
///
/// @param requestId a UUID, new for every invocation
/// @param trace its [Trace] header
/// @param functionArn as invoked, with the version or alias if one was given
/// @param payload JSON text in UTF-8
/// @param clientContext JSON, if the caller gave one
public record Invocation(
        String requestId,
        String trace,
        String functionArn,
        byte[] payload,
        Optional<String> clientContext) {}
