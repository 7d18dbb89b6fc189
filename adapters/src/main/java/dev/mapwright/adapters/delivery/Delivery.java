package dev.mapwright.adapters.delivery;

/// Records on their way to one object, decided and kept before the first byte leaves: a repeat
/// after a crash writes the same records to the same key.
///
/// @param from the first record's number
/// @param to behind the last one's
record Delivery(String key, long from, long to) {}
