package dev.mapwright.adapters.objects.local;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Multipart uploads. Completing one moves no bytes: the object is the list of its parts' files.
public final class Uploads {
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
    public static final int PARTS_MAX = 10_000;

    static final long PART_BYTES_MIN = 5L * 1024 * 1024;

    private final KeyValueStore store;
    private final Spaces spaces;
    private final Buckets buckets;
    private final Versions versions;
    private final Bodies bodies;
    private final Locks locks;
    private final InstantSource clock;

    Uploads(
            KeyValueStore store,
            Spaces spaces,
            Buckets buckets,
            Versions versions,
            Bodies bodies,
            Locks locks,
            InstantSource clock) {
        this.store = store;
        this.spaces = spaces;
        this.buckets = buckets;
        this.versions = versions;
        this.bodies = bodies;
        this.locks = locks;
        this.clock = clock;
    }

    /// What the creator of an upload says of its checksum.
    public sealed interface ChecksumChoice {
        /// Nothing: S3 keeps a CRC64NVME of the whole and takes parts with any checksum.
        record Unsaid() implements ChecksumChoice {}

        record Declared(ChecksumAlgorithm algorithm, ChecksumType type) implements ChecksumChoice {}
    }

    public Upload begin(
            String bucketName,
            String key,
            Map<String, String> headers,
            Map<String, String> tags,
            ChecksumChoice choice)
            throws IOException, InterruptedException {
        byte[] keyBytes = Naming.keyBytes(key);
        Naming.checkTags(tags, Naming.OBJECT_TAGS_MAX);
        long sequence = bodies.nextNumber();
        Instant now = now();
        Upload upload =
                switch (choice) {
                    case ChecksumChoice.Unsaid() ->
                        new Upload(
                                key,
                                sequence,
                                now,
                                new NewObject(headers, tags, ChecksumAlgorithm.CRC64NVME),
                                ChecksumType.FULL_OBJECT,
                                false);
                    case ChecksumChoice.Declared(ChecksumAlgorithm algorithm, ChecksumType type) ->
                        new Upload(
                                key,
                                sequence,
                                now,
                                new NewObject(headers, tags, algorithm),
                                type,
                                true);
                };
        return locks.forKey(bucketName, key, () -> {
            buckets.require(bucketName);
            store.commit(new Batch()
                    .put(
                            spaces.uploads(),
                            Keys.upload(bucketName, keyBytes, sequence),
                            Records.upload(upload)));
            return upload;
        });
    }

    /// @throws S3Failed `NoSuchUpload`: never begun, completed or aborted
    public Upload require(String bucketName, String key, String uploadId) throws S3Failed {
        buckets.require(bucketName);
        return spaces.uploads()
                .get(Keys.upload(bucketName, Naming.keyBytes(key), sequence(uploadId)))
                .map(Records::upload)
                .orElseThrow(() -> noSuchUpload(uploadId));
    }

    /// Receives the bytes of a part. Close the result, whatever happens.
    ///
    /// @param sent algorithms of the checksums that came with it
    public Staged stage(Upload upload, InputStream in, Set<ChecksumAlgorithm> sent)
            throws IOException, InterruptedException {
        Set<ChecksumAlgorithm> algorithms = EnumSet.of(upload.object().algorithm());
        algorithms.addAll(sent);
        return bodies.stagePart(in, algorithms);
    }

    /// Makes a part of staged bytes, in place of an earlier one with the same number.
    public Part put(String bucketName, Upload upload, int number, Staged staged)
            throws IOException, InterruptedException {
        checkNumber(number);
        List<Bodies.Doomed> doomed = new ArrayList<>();
        Part part = new Part(
                number,
                staged.bytes(),
                staged.etag(),
                now(),
                staged.checksumOf(upload.object().algorithm()),
                staged.number());
        locks.forUpload(upload.sequence(), () -> {
            require(bucketName, upload.key(), upload.id());
            byte[] place = Keys.part(upload.sequence(), number);
            Batch batch = new Batch();
            spaces.parts()
                    .get(place)
                    .map(Records::part)
                    .ifPresent(before -> doomed.add(bodies.drop(batch, before.file())));
            bodies.keep(batch, staged.number(), staged.body());
            batch.put(spaces.parts(), place, Records.part(part));
            staged.handIn();
            store.commit(batch);
            return part;
        });
        bodies.discard(doomed);
        return part;
    }

    /// Parts with numbers above `after`, in order, at most `countMax`.
    public List<Part> parts(Upload upload, int after, int countMax) {
        List<Part> parts = new ArrayList<>();
        byte[] from = Keys.part(upload.sequence(), after + 1);
        byte[] to = Keys.number(upload.sequence() + 1);
        try (Space.Scan scan = spaces.parts().scan(from, to, Space.Direction.FORWARD)) {
            while (parts.size() < countMax && scan.next()) {
                parts.add(Records.part(scan.value()));
            }
        }
        return parts;
    }

    /// What the completing client says: which parts, in which order, and how the whole should come
    /// out.
    ///
    /// @param checksum base64, in the upload's algorithm and type
    /// @param bytes of the whole object
    public record Completion(
            List<Claim> claims,
            Optional<String> checksum,
            Optional<Long> bytes,
            WriteConditions conditions) {
        public record Claim(int number, String etag, Map<ChecksumAlgorithm, String> checksums) {}
    }

    /// Makes the object. Parts that it does not name are dropped.
    public ObjectVersion complete(
            String bucketName, String key, String uploadId, Completion completion)
            throws IOException, InterruptedException {
        List<Bodies.Doomed> doomed = new ArrayList<>();
        byte[] keyBytes = Naming.keyBytes(key);
        ObjectVersion written = locks.forUpload(sequence(uploadId), () -> {
            Upload upload = require(bucketName, key, uploadId);
            Assembly assembly = Assembly.of(upload, parts(upload, 0, PARTS_MAX), completion);
            return locks.forKey(bucketName, key, () -> {
                Bucket bucket = buckets.require(bucketName);
                completion.conditions().check(key, versions.current(bucketName, keyBytes));
                long number = bodies.nextNumber();
                ObjectVersion version = new ObjectVersion(
                        key,
                        number,
                        bucket.versioning() == Versioning.ENABLED,
                        now(),
                        Optional.of(assembly.content(upload.object(), number)));
                Batch batch = new Batch();
                doomed.addAll(versions.push(batch, bucket, keyBytes, version));
                bodies.keep(batch, number, new Body.InParts(assembly.pieces()));
                assembly.unused().forEach(part -> doomed.add(bodies.drop(batch, part.file())));
                forget(batch, bucketName, keyBytes, upload);
                store.commit(batch);
                return version;
            });
        });
        bodies.discard(doomed);
        return written;
    }

    public void abort(String bucketName, String key, String uploadId)
            throws IOException, InterruptedException {
        List<Bodies.Doomed> doomed = new ArrayList<>();
        locks.forUpload(sequence(uploadId), () -> {
            Upload upload = require(bucketName, key, uploadId);
            Batch batch = new Batch();
            doomed.addAll(dropParts(batch, spaces, bodies, upload.sequence()));
            forget(batch, bucketName, Naming.keyBytes(key), upload);
            store.commit(batch);
            return upload;
        });
        bodies.discard(doomed);
    }

    public static void checkNumber(int number) throws S3Failed {
        if (number < 1 || number > PARTS_MAX) {
            throw new S3Failed(
                    ErrorCode.INVALID_ARGUMENT,
                    "Part number must be an integer between 1 and %d, inclusive; found %d."
                            .formatted(PARTS_MAX, number));
        }
    }

    private void forget(Batch batch, String bucketName, byte[] key, Upload upload) {
        batch.delete(spaces.uploads(), Keys.upload(bucketName, key, upload.sequence()));
        batch.deleteRange(
                spaces.parts(), Keys.number(upload.sequence()), Keys.number(upload.sequence() + 1));
    }

    /// Adds to a batch what forgets all parts of an upload.
    static List<Bodies.Doomed> dropParts(Batch batch, Spaces spaces, Bodies bodies, long upload) {
        List<Bodies.Doomed> doomed = new ArrayList<>();
        try (Space.Scan scan = spaces.parts()
                .scan(Keys.number(upload), Keys.number(upload + 1), Space.Direction.FORWARD)) {
            while (scan.next()) {
                batch.delete(spaces.parts(), scan.key());
                doomed.add(bodies.drop(batch, Records.part(scan.value()).file()));
            }
        }
        return doomed;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static long sequence(String uploadId) throws S3Failed {
        try {
            return Long.parseLong(uploadId, 16);
        } catch (NumberFormatException foreign) {
            throw noSuchUpload(uploadId);
        }
    }

    private static S3Failed noSuchUpload(String uploadId) {
        return new S3Failed(
                ErrorCode.NO_SUCH_UPLOAD,
                "The specified upload does not exist: '%s'. It may have been aborted or completed."
                        .formatted(uploadId));
    }
}
