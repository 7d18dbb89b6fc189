package dev.mapwright.adapters.functions;

/// A name for a version, or for two that share the calls.
public record FunctionAlias(String name, AliasSettings settings, String revisionId) {}
