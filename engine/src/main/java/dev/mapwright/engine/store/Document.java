package dev.mapwright.engine.store;

import dev.mapwright.asl.json.Json;

/// A small record that is kept as JSON: a state machine, one revision of its definition, an alias,
/// …
public record Document(String kind, String key, Json content) {}
