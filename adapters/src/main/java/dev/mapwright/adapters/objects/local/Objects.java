package dev.mapwright.adapters.objects.local;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Objects and their versions: write, read, delete, tag. A write replaces its object as a whole and
/// at once; who had opened the old one reads it to its end.
public final class Objects {
    /// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
    public static final int DELETIONS_MAX = 1000;

    private static final int OPEN_ATTEMPTS_MAX = 100;

    private final KeyValueStore store;
    private final Buckets buckets;
    private final Versions versions;
    private final Bodies bodies;
    private final Locks locks;
    private final InstantSource clock;

    Objects(
            KeyValueStore store,
            Buckets buckets,
            Versions versions,
            Bodies bodies,
            Locks locks,
            InstantSource clock) {
        this.store = store;
        this.buckets = buckets;
        this.versions = versions;
        this.bodies = bodies;
        this.locks = locks;
        this.clock = clock;
    }

    /// Receives bytes, to a file if they are many, and computes their checksums. Close the result,
    /// whatever happens.
    public Staged stage(InputStream in, Set<ChecksumAlgorithm> algorithms)
            throws IOException, InterruptedException {
        return bodies.stage(in, algorithms);
    }

    /// Makes an object of staged bytes.
    public ObjectVersion put(
            String bucketName,
            String key,
            Staged staged,
            NewObject object,
            WriteConditions conditions)
            throws IOException, InterruptedException {
        byte[] keyBytes = Naming.keyBytes(key);
        Naming.checkTags(object.tags(), Naming.OBJECT_TAGS_MAX);
        Checksum checksum = new Checksum(
                object.algorithm(),
                ChecksumType.FULL_OBJECT,
                staged.checksumOf(object.algorithm()));
        ObjectVersion.Content content = new ObjectVersion.Content(
                staged.bytes(),
                staged.etag(),
                object.headers(),
                object.tags(),
                checksum,
                0,
                staged.number());
        List<Bodies.Doomed> doomed = new ArrayList<>();
        ObjectVersion written = locks.forKey(bucketName, key, () -> {
            Bucket bucket = buckets.require(bucketName);
            conditions.check(key, versions.current(bucketName, keyBytes));
            ObjectVersion version = next(bucket, key, Optional.of(content));
            Batch batch = new Batch();
            doomed.addAll(versions.push(batch, bucket, keyBytes, version));
            bodies.keep(batch, staged.number(), staged.body());
            staged.handIn();
            store.commit(batch);
            return version;
        });
        bodies.discard(doomed);
        return written;
    }

    /// The current version, or the one named.
    ///
    /// @throws S3Failed `NoSuchKey`, `NoSuchVersion`, `MethodNotAllowed` (a delete marker),
    ///     `NoSuchBucket`
    public ObjectVersion head(String bucketName, String key, Optional<String> versionId)
            throws S3Failed {
        buckets.require(bucketName);
        byte[] keyBytes = Naming.keyBytes(key);
        if (versionId.isEmpty()) {
            Optional<ObjectVersion> current = versions.current(bucketName, keyBytes);
            if (current.isEmpty() || current.get().isDeleteMarker()) {
                throw new S3Failed(
                        ErrorCode.NO_SUCH_KEY, "The specified key does not exist.", current);
            }
            return current.get();
        }
        ObjectVersion version = versions.find(bucketName, keyBytes, versionId.get())
                .orElseThrow(() -> new S3Failed(
                        ErrorCode.NO_SUCH_VERSION,
                        "The specified version does not exist: %s of '%s'."
                                .formatted(versionId.get(), key)));
        if (version.isDeleteMarker()) {
            throw new S3Failed(
                    ErrorCode.METHOD_NOT_ALLOWED,
                    "The specified method is not allowed against this resource: version %s of '%s' is a delete marker."
                            .formatted(versionId.get(), key),
                    Optional.of(version));
        }
        return version;
    }

    /// Opens an object for reading; its bytes stay until it is closed.
    public OpenObject open(
            String bucketName, String key, Optional<String> versionId, ReadConditions conditions)
            throws S3Failed {
        for (int attempt = 0; attempt < OPEN_ATTEMPTS_MAX; attempt++) {
            ObjectVersion version = head(bucketName, key, versionId);
            ObjectVersion.Content content = version.content().orElseThrow();
            conditions.check(content.etag(), version.lastModified());
            Optional<Bodies.Handle> handle = bodies.open(content.body(), content.bytes());
            if (handle.isPresent()) {
                return new OpenObject(version, content, handle.get());
            }
            // Replaced or deleted between the two look-ups: there is news to read.
        }
        throw new S3Failed(
                ErrorCode.INTERNAL_ERROR,
                "'%s' was replaced %d times while it was being opened. Try again."
                        .formatted(key, OPEN_ATTEMPTS_MAX));
    }

    /// One key to delete.
    ///
    /// @param versionId deletes that version for good; without it a versioned bucket gets a delete
    ///     marker
    /// @param ifMatch the ETag that the current version must have, or `*`
    public record Deletion(String key, Optional<String> versionId, Optional<String> ifMatch) {}

    /// What came of a deletion.
    ///
    /// @param removed the version or delete marker that is gone for good
    /// @param marker the delete marker that was written
    public record Deleted(Optional<ObjectVersion> removed, Optional<ObjectVersion> marker) {}

    public sealed interface Outcome {
        Deletion deletion();

        record Done(Deletion deletion, Deleted deleted) implements Outcome {}

        record Refused(Deletion deletion, S3Failed reason) implements Outcome {}
    }

    /// Deleting what does not exist succeeds.
    public Deleted delete(String bucketName, Deletion deletion)
            throws IOException, InterruptedException {
        return switch (deleteAll(bucketName, List.of(deletion)).getFirst()) {
            case Outcome.Done(Deletion _, Deleted deleted) -> deleted;
            case Outcome.Refused(Deletion _, S3Failed reason) -> throw reason;
        };
    }

    /// Deletes up to 1,000 keys with as few writes as there are repetitions of a key.
    public List<Outcome> deleteAll(String bucketName, List<Deletion> deletions)
            throws IOException, InterruptedException {
        buckets.require(bucketName);
        List<Outcome> outcomes = new ArrayList<>();
        List<Deletion> distinct = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Deletion deletion : deletions) {
            if (!keys.add(deletion.key())) {
                outcomes.addAll(deleteDistinct(bucketName, distinct));
                distinct.clear();
                keys.clear();
                keys.add(deletion.key());
            }
            distinct.add(deletion);
        }
        outcomes.addAll(deleteDistinct(bucketName, distinct));
        return outcomes;
    }

    private List<Outcome> deleteDistinct(String bucketName, List<Deletion> deletions)
            throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        List<Bodies.Doomed> doomed = new ArrayList<>();
        locks.forKeys(bucketName, deletions.stream().map(Deletion::key).toList(), () -> {
            Bucket bucket = buckets.require(bucketName);
            Batch batch = new Batch();
            for (Deletion deletion : deletions) {
                try {
                    outcomes.add(new Outcome.Done(
                            deletion, addDeletion(batch, bucket, deletion, doomed)));
                } catch (S3Failed reason) {
                    outcomes.add(new Outcome.Refused(deletion, reason));
                }
            }
            if (!batch.isEmpty()) {
                store.commit(batch);
            }
            return bucket;
        });
        bodies.discard(doomed);
        return outcomes;
    }

    private Deleted addDeletion(
            Batch batch, Bucket bucket, Deletion deletion, List<Bodies.Doomed> doomed)
            throws S3Failed, InterruptedException {
        byte[] keyBytes = Naming.keyBytes(deletion.key());
        Optional<ObjectVersion> current = versions.current(bucket.name(), keyBytes);
        new WriteConditions(deletion.ifMatch(), Optional.empty()).check(deletion.key(), current);
        if (deletion.versionId().isPresent()) {
            Optional<ObjectVersion> version =
                    versions.find(bucket.name(), keyBytes, deletion.versionId().get());
            version.ifPresent(
                    each -> doomed.addAll(versions.remove(batch, bucket, keyBytes, each)));
            return new Deleted(version, Optional.empty());
        }
        if (bucket.versioning() == Versioning.OFF) {
            current.ifPresent(
                    each -> doomed.addAll(versions.remove(batch, bucket, keyBytes, each)));
            return new Deleted(Optional.empty(), Optional.empty());
        }
        ObjectVersion marker = next(bucket, deletion.key(), Optional.empty());
        doomed.addAll(versions.push(batch, bucket, keyBytes, marker));
        return new Deleted(Optional.empty(), Optional.of(marker));
    }

    /// Replaces the tags of the current version, or of the one named.
    public ObjectVersion setTags(
            String bucketName, String key, Optional<String> versionId, Map<String, String> tags)
            throws IOException, InterruptedException {
        Naming.checkTags(tags, Naming.OBJECT_TAGS_MAX);
        return locks.forKey(bucketName, key, () -> {
            ObjectVersion version = head(bucketName, key, versionId);
            ObjectVersion changed = new ObjectVersion(
                    version.key(),
                    version.sequence(),
                    version.versioned(),
                    version.lastModified(),
                    version.content().map(content -> content.withTags(tags)));
            Batch batch = new Batch();
            versions.rewrite(batch, buckets.require(bucketName), Naming.keyBytes(key), changed);
            store.commit(batch);
            return changed;
        });
    }

    /// The parts that an object was uploaded in; none if it came in one piece.
    public List<Part> parts(ObjectVersion version) {
        return version.content()
                .filter(content -> content.partCount() > 0)
                .map(content -> bodies.pieces(content.body()).stream()
                        .map(piece -> new Part(
                                piece.number(),
                                piece.bytes(),
                                "",
                                version.lastModified(),
                                piece.checksum(),
                                piece.file()))
                        .toList())
                .orElse(List.of());
    }

    private ObjectVersion next(Bucket bucket, String key, Optional<ObjectVersion.Content> content)
            throws InterruptedException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new ObjectVersion(
                key, bodies.nextNumber(), bucket.versioning() == Versioning.ENABLED, now, content);
    }
}
