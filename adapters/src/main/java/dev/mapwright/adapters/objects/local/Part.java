package dev.mapwright.adapters.objects.local;

import java.time.Instant;

/// One uploaded part.
///
/// @param number from 1 to 10,000
/// @param etag with its quotation marks
/// @param checksum base64, of the upload's algorithm
public record Part(
        int number, long bytes, String etag, Instant lastModified, String checksum, long file) {}
