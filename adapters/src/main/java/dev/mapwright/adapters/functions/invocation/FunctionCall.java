package dev.mapwright.adapters.functions.invocation;

import java.util.Optional;

/// One call of a function by whatever name.
///
/// @param function a name, partial ARN or ARN
/// @param payload JSON text in UTF-8; empty is taken for `{}`
/// @param clientContext JSON
public record FunctionCall(
        String function,
        Optional<String> qualifier,
        byte[] payload,
        Optional<String> clientContext) {}
