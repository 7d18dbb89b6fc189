package dev.mapwright.testkit.objects;

import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.store.Page;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An [ObjectStore] in memory, for tests: without versions, with uploads in parts, and with faults
/// that a test asks for.
public final class MemoryObjectStore implements ObjectStore {
    private static final int PAGE_KEYS = 1_000;
    private static final int PART_BYTES_MIN = 5 * 1024 * 1024;

    private final Map<String, TreeMap<String, Kept>> buckets = new HashMap<>();
    private final Map<String, Upload> uploads = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private int uploadCount;

    private record Kept(byte[] content, String contentType, String etag) {}

    private record Upload(
            String bucket, String key, String contentType, TreeMap<Integer, byte[]> parts) {}

    /// Makes the next call of an operation (`put`, `completeUpload` …) fail.
    ///
    /// @param done whether the operation takes effect before its answer is lost
    public record Fault(String operation, String code, boolean done) {}

    public MemoryObjectStore withBucket(String bucket) {
        buckets.put(bucket, new TreeMap<>());
        return this;
    }

    public synchronized void fail(Fault fault) {
        faults.add(fault);
    }

    public synchronized byte[] content(String bucket, String key) throws ObjectFailed {
        return kept(bucket, key).content;
    }

    public String text(String bucket, String key) throws ObjectFailed {
        return new String(content(bucket, key), StandardCharsets.UTF_8);
    }

    public synchronized String contentType(String bucket, String key) throws ObjectFailed {
        return kept(bucket, key).contentType;
    }

    public synchronized List<String> keys(String bucket) {
        return List.copyOf(buckets.get(bucket).keySet());
    }

    /// Uploads that were neither completed nor aborted.
    public synchronized int openUploads() {
        return uploads.size();
    }

    public void put(String bucket, String key, String content) throws ObjectFailed {
        put(bucket, key, "text/plain", content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized Stored head(String bucket, String key, Optional<String> versionId)
            throws ObjectFailed {
        failIfAsked("head", false);
        return stored(key, kept(bucket, key));
    }

    @Override
    public synchronized InputStream read(
            String bucket,
            String key,
            Optional<String> versionId,
            long fromByte,
            Optional<String> ifMatch)
            throws ObjectFailed {
        failIfAsked("read", false);
        Kept kept = kept(bucket, key);
        if (ifMatch.isPresent() && !ifMatch.get().equals(kept.etag)) {
            throw new ObjectFailed(
                    "PreconditionFailed",
                    "At least one of the pre-conditions you specified did not hold");
        }
        int from = (int) Math.min(fromByte, kept.content.length);
        return new ByteArrayInputStream(kept.content, from, kept.content.length - from);
    }

    @Override
    public synchronized Page<Stored> list(String bucket, String prefix, Optional<String> pageToken)
            throws ObjectFailed {
        var page = new ArrayList<Stored>();
        for (var entry : bucket(bucket)
                .tailMap(pageToken.orElse(prefix), pageToken.isEmpty())
                .entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                break;
            }
            if (page.size() == PAGE_KEYS) {
                return new Page<>(page, Optional.of(page.getLast().key()));
            }
            page.add(stored(entry.getKey(), entry.getValue()));
        }
        return new Page<>(page, Optional.empty());
    }

    @Override
    public synchronized void put(String bucket, String key, String contentType, byte[] content)
            throws ObjectFailed {
        failIfAsked("put", false);
        bucket(bucket).put(key, new Kept(content.clone(), contentType, etag(content, "")));
        failIfAsked("put", true);
    }

    @Override
    public synchronized String beginUpload(String bucket, String key, String contentType)
            throws ObjectFailed {
        failIfAsked("beginUpload", false);
        bucket(bucket);
        String id = "upload-" + ++uploadCount;
        uploads.put(id, new Upload(bucket, key, contentType, new TreeMap<>()));
        return id;
    }

    @Override
    public synchronized String uploadPart(
            String bucket, String key, String uploadId, int number, byte[] content)
            throws ObjectFailed {
        failIfAsked("uploadPart", false);
        upload(bucket, key, uploadId).parts.put(number, content.clone());
        return etag(content, "");
    }

    @Override
    public synchronized void completeUpload(
            String bucket, String key, String uploadId, List<String> etags) throws ObjectFailed {
        failIfAsked("completeUpload", false);
        Upload upload = upload(bucket, key, uploadId);
        var whole = new ByteArrayOutputStream();
        for (int number = 1; number <= etags.size(); number++) {
            byte[] part = upload.parts.get(number);
            if (part == null || !etag(part, "").equals(etags.get(number - 1))) {
                throw new ObjectFailed(
                        "InvalidPart", "Part " + number + " is not the one that was uploaded");
            }
            if (number < etags.size() && part.length < PART_BYTES_MIN) {
                throw new ObjectFailed(
                        "EntityTooSmall", "Part " + number + " has " + part.length + " bytes");
            }
            whole.writeBytes(part);
        }
        byte[] content = whole.toByteArray();
        bucket(bucket)
                .put(key, new Kept(content, upload.contentType, etag(content, "-" + etags.size())));
        uploads.remove(uploadId);
        failIfAsked("completeUpload", true);
    }

    @Override
    public synchronized void abortUpload(String bucket, String key, String uploadId)
            throws ObjectFailed {
        upload(bucket, key, uploadId);
        uploads.remove(uploadId);
    }

    private void failIfAsked(String operation, boolean done) throws ObjectFailed {
        for (Fault fault : faults) {
            if (fault.operation.equals(operation) && fault.done == done) {
                faults.remove(fault);
                throw new ObjectFailed(fault.code, "The test asked " + operation + " to fail");
            }
        }
    }

    private TreeMap<String, Kept> bucket(String bucket) throws ObjectFailed {
        TreeMap<String, Kept> found = buckets.get(bucket);
        if (found == null) {
            throw new ObjectFailed("NoSuchBucket", "The specified bucket does not exist");
        }
        return found;
    }

    private Kept kept(String bucket, String key) throws ObjectFailed {
        Kept found = bucket(bucket).get(key);
        if (found == null) {
            throw new ObjectFailed("NoSuchKey", "The specified key does not exist.");
        }
        return found;
    }

    private Upload upload(String bucket, String key, String uploadId) throws ObjectFailed {
        Upload found = uploads.get(uploadId);
        if (found == null || !found.bucket.equals(bucket) || !found.key.equals(key)) {
            throw new ObjectFailed("NoSuchUpload", "The specified upload does not exist.");
        }
        return found;
    }

    private static Stored stored(String key, Kept kept) {
        return new Stored(
                key, kept.etag, kept.content.length, Instant.EPOCH, "STANDARD", Optional.empty());
    }

    private static String etag(byte[] content, String suffix) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(content);
            return '"' + HexFormat.of().formatHex(digest) + suffix + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }
}
