package dev.mapwright.engine.maprun;

import dev.mapwright.engine.store.Page;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Buckets and keys, wherever they are kept: what readers and result files need of S3.
public interface ObjectStore {
    Stored head(String bucket, String key, Optional<String> versionId)
            throws ObjectFailed, InterruptedException;

    /// Streams an object from a byte on.
    ///
    /// @param ifMatch the ETag that it must have
    InputStream read(
            String bucket,
            String key,
            Optional<String> versionId,
            long fromByte,
            Optional<String> ifMatch)
            throws ObjectFailed, InterruptedException;

    /// Reads a stretch of an object, all of which must be there. A store that sends requests over a
    /// network asks for these bytes only.
    ///
    /// @param ifMatch the ETag that it must have
    default byte[] readRange(
            String bucket,
            String key,
            Optional<String> versionId,
            Range range,
            Optional<String> ifMatch)
            throws IOException, InterruptedException {
        try (InputStream stream = read(bucket, key, versionId, range.fromByte(), ifMatch)) {
            byte[] content = stream.readNBytes(range.bytes());
            if (content.length < range.bytes()) {
                throw new IOException("'%s' ended after %d of the %d bytes from %d on"
                        .formatted(key, content.length, range.bytes(), range.fromByte()));
            }
            return content;
        }
    }

    /// A stretch of an object.
    record Range(long fromByte, int bytes) {}

    /// Keys that start with `prefix` in binary order, at most 1,000 a page.
    Page<Stored> list(String bucket, String prefix, Optional<String> pageToken)
            throws ObjectFailed, InterruptedException;

    void put(String bucket, String key, String contentType, byte[] content)
            throws ObjectFailed, InterruptedException;

    /// Begins a multipart upload and returns its id.
    String beginUpload(String bucket, String key, String contentType)
            throws ObjectFailed, InterruptedException;

    /// Uploads part `number` (from 1; at least 5 MiB except the last one) and returns its ETag.
    String uploadPart(String bucket, String key, String uploadId, int number, byte[] content)
            throws ObjectFailed, InterruptedException;

    void completeUpload(String bucket, String key, String uploadId, List<String> etags)
            throws ObjectFailed, InterruptedException;

    void abortUpload(String bucket, String key, String uploadId)
            throws ObjectFailed, InterruptedException;

    /// @param etag with its quotation marks
    record Stored(
            String key,
            String etag,
            long bytes,
            Instant lastModified,
            String storageClass,
            Optional<String> versionId) {}

    /// S3 said no: `code` is its error code (`NoSuchKey`, `NoSuchBucket`, `PreconditionFailed`,
    /// `NoSuchUpload`, …).
    final class ObjectFailed extends IOException {
        private final String code;

        public ObjectFailed(String code, String message) {
            super(message);
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
