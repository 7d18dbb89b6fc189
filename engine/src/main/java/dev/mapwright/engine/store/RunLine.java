package dev.mapwright.engine.store;

/// One line of a map run's own journal. Its content is the map run's business, opaque to the store.
///
/// @param sequence 1, 2, 3 …, and never reused after lines were dropped
public record RunLine(long sequence, byte[] content) {}
