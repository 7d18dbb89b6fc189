package dev.mapwright.engine.execution;

import java.util.Optional;

/// The wish to publish a version along with what is created or updated.
public record Publication(Optional<String> description) {}
