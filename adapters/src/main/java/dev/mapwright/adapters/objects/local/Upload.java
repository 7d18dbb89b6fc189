package dev.mapwright.adapters.objects.local;

import java.time.Instant;

/// A multipart upload under way.
///
/// @param type what the object's checksum will cover
/// @param declared whether its creator named the checksum algorithm; parts then have to use the
///     same one
public record Upload(
        String key,
        long sequence,
        Instant initiated,
        NewObject object,
        ChecksumType type,
        boolean declared) {
    public String id() {
        return "%016x".formatted(sequence);
    }
}
