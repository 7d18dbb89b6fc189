package dev.mapwright.engine.store;

import java.util.List;
import java.util.Optional;

/// Part of a listing, and the token that continues it.
public record Page<T>(List<T> items, Optional<String> nextToken) {}
