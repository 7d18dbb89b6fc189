package dev.mapwright.adapters.objects.local;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What is known of an object, or of one of its versions, without its bytes.
///
/// @param sequence rises with every write in this data folder
/// @param versioned whether it was written while versioning was enabled; otherwise it is the `null`
///     version
/// @param lastModified in whole seconds, as in the header `Last-Modified`
/// @param content empty for a delete marker
public record ObjectVersion(
        String key,
        long sequence,
        boolean versioned,
        Instant lastModified,
        Optional<Content> content) {

    /// S3's name for the version that was written while versioning was off or suspended.
    public static final String NULL_VERSION = "null";

    /// @param etag with its quotation marks
    /// @param headers what is returned with the object, by lower-case name: `content-type`,
    ///     `x-amz-meta-*`, …
    /// @param partCount 0 where it was not uploaded in parts
    /// @param body the number under which the bytes are kept
    public record Content(
            long bytes,
            String etag,
            Map<String, String> headers,
            Map<String, String> tags,
            Checksum checksum,
            int partCount,
            long body) {

        public String storageClass() {
            return headers.getOrDefault("x-amz-storage-class", "STANDARD");
        }

        Content withTags(Map<String, String> changed) {
            return new Content(bytes, etag, headers, changed, checksum, partCount, body);
        }
    }

    public String id() {
        return versioned ? "%016x".formatted(sequence) : NULL_VERSION;
    }

    public boolean isDeleteMarker() {
        return content.isEmpty();
    }
}
