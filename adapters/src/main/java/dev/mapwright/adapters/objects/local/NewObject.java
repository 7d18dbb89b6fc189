package dev.mapwright.adapters.objects.local;

import java.util.Map;

/// What a writer says of an object beside its bytes.
///
/// @param headers to be returned with it, by lower-case name: `content-type`, `x-amz-meta-*`,
///     `x-amz-storage-class`, …
/// @param algorithm of the checksum that is kept with it
public record NewObject(
        Map<String, String> headers, Map<String, String> tags, ChecksumAlgorithm algorithm) {
    /// What S3 takes where the writer names no content type.
    public static final String CONTENT_TYPE = "binary/octet-stream";

    public static NewObject of(String contentType) {
        return new NewObject(
                Map.of("content-type", contentType), Map.of(), ChecksumAlgorithm.CRC64NVME);
    }
}
