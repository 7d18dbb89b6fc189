package dev.mapwright.engine.maprun;

/// A batch that waits for a free place.
///
/// @param bytes of its input, as UTF-8
record ReadyBatch(Batch batch, int bytes) {}
