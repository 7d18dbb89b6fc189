package dev.mapwright.adapters.functions;

/// A name for a version.
public record FunctionAlias(String name, String version, String description, String revisionId) {}
