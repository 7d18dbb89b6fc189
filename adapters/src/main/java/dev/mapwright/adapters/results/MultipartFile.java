package dev.mapwright.adapters.results;

import dev.mapwright.adapters.results.Checkpoint.ResultFile;
import dev.mapwright.adapters.results.Checkpoint.Upload;
import dev.mapwright.engine.maprun.ObjectStore.ObjectFailed;
import dev.mapwright.engine.maprun.WriteFailed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One result file being uploaded. A process that died may have completed the upload without being
/// able to record it: the upload is then gone, and the object there. As the same endings make the
/// same bytes, the file is left as it is, and only its length is compared at the end.
final class MultipartFile {
    private static final String CONTENT_TYPE = "binary/octet-stream";

    private final Destination destination;
    private final String key;
    private final List<String> parts;
    private Optional<String> uploadId;
    private long bytes;

    /// Found complete instead of its upload.
    private boolean complete;

    private MultipartFile(
            Destination destination,
            String key,
            Optional<String> uploadId,
            List<String> parts,
            long bytes) {
        this.destination = destination;
        this.key = key;
        this.uploadId = uploadId;
        this.parts = new ArrayList<>(parts);
        this.bytes = bytes;
    }

    /// @param upload of the checkpoint; absent: the file is yet to be begun
    static MultipartFile resumed(
            Destination destination, String key, Optional<Upload> upload, long bytes) {
        return new MultipartFile(
                destination,
                key,
                upload.map(Upload::id),
                upload.map(Upload::parts).orElse(List.of()),
                bytes);
    }

    /// Bytes uploaded.
    long bytes() {
        return bytes;
    }

    Optional<Upload> upload() {
        return uploadId.map(id -> new Upload(id, List.copyOf(parts)));
    }

    void upload(byte[] part) throws WriteFailed, InterruptedException {
        if (part.length > 0 && !complete) {
            try {
                String id = begun();
                parts.add(destination
                        .objects()
                        .uploadPart(destination.bucket(), key, id, parts.size() + 1, part));
            } catch (ObjectFailed e) {
                if (!e.code().equals("NoSuchUpload") || bytes == 0 || bytesThere() < bytes) {
                    throw destination.failed(key, e);
                }
                complete = true;
            }
        }
        bytes += part.length;
    }

    private String begun() throws ObjectFailed, InterruptedException {
        if (uploadId.isEmpty()) {
            uploadId = Optional.of(
                    destination.objects().beginUpload(destination.bucket(), key, CONTENT_TYPE));
        }
        return uploadId.get();
    }

    /// A refusal may come from an answer that was lost: what counts is whether the file is there.
    ResultFile complete() throws WriteFailed, InterruptedException {
        if (!complete) {
            try {
                destination
                        .objects()
                        .completeUpload(destination.bucket(), key, uploadId.orElseThrow(), parts);
            } catch (ObjectFailed e) {
                if (bytesThere() != bytes) {
                    throw destination.failed(key, e);
                }
            }
        } else if (bytesThere() != bytes) {
            throw new WriteFailed("s3://%s/%s has %d bytes where %d bytes of results were expected"
                    .formatted(destination.bucket(), key, bytesThere(), bytes));
        }
        return new ResultFile(key, bytes);
    }

    /// Length of the object under the file's key; 0 when there is none.
    private long bytesThere() throws InterruptedException {
        try {
            return destination
                    .objects()
                    .head(destination.bucket(), key, Optional.empty())
                    .bytes();
        } catch (ObjectFailed e) {
            return 0;
        }
    }
}
