package dev.mapwright.adapters.objects.local;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The buckets themselves: their life, versioning and tags.
public final class Buckets {
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/BucketRestrictions.html
    static final int BUCKETS_MAX = 10_000;

    /// The one region in which making a bucket twice is no error.
    private static final String FORGIVING_REGION = "us-east-1";

    /// Buckets of us-east-1 before 2018:
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    private static final Pattern ONCE_VALID = Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9._-]{3,255}");

    private final KeyValueStore store;
    private final Spaces spaces;
    private final Bodies bodies;
    private final Locks locks;
    private final InstantSource clock;

    Buckets(KeyValueStore store, Spaces spaces, Bodies bodies, Locks locks, InstantSource clock) {
        this.store = store;
        this.spaces = spaces;
        this.bodies = bodies;
        this.locks = locks;
        this.clock = clock;
    }

    public Optional<Bucket> find(String name) {
        return spaces.buckets().get(Keys.bucket(name)).map(Records::bucket);
    }

    /// A name as buckets once could have is, as on S3, just one that doesn't exist.
    ///
    /// @throws S3Failed `NoSuchBucket`, or `InvalidBucketName` for what never was one
    public Bucket require(String name) throws S3Failed {
        Optional<Bucket> bucket = find(name);
        if (bucket.isEmpty()) {
            if (!ONCE_VALID.matcher(name).matches()) {
                Naming.checkBucket(name);
            }
            throw new S3Failed(ErrorCode.NO_SUCH_BUCKET, "The specified bucket does not exist");
        }
        return bucket.get();
    }

    /// In order of name.
    public List<Bucket> list() {
        List<Bucket> all = new ArrayList<>();
        try (Space.Scan scan =
                spaces.buckets().scan(new byte[0], new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                all.add(Records.bucket(scan.value()));
            }
        }
        return all;
    }

    public Bucket create(String name, String region) throws IOException, InterruptedException {
        Naming.checkBucket(name);
        return locks.forBuckets(() -> {
            Optional<Bucket> existing = find(name);
            if (existing.isPresent()) {
                if (existing.get().region().equals(FORGIVING_REGION)
                        && region.equals(FORGIVING_REGION)) {
                    return existing.get();
                }
                throw new S3Failed(
                        ErrorCode.BUCKET_ALREADY_OWNED_BY_YOU,
                        "Your previous request to create the named bucket succeeded and you already own it: "
                                + name);
            }
            if (list().size() >= BUCKETS_MAX) {
                throw new S3Failed(
                        ErrorCode.INVALID_REQUEST,
                        "There are %d buckets, which is the limit.".formatted(BUCKETS_MAX));
            }
            Bucket bucket = new Bucket(name, region, clock.instant(), Versioning.OFF, Map.of());
            store.commit(
                    new Batch().put(spaces.buckets(), Keys.bucket(name), Records.bucket(bucket)));
            return bucket;
        });
    }

    /// Only an empty bucket, that is one without objects and versions. Uploads under way end with
    /// it.
    public void delete(String name) throws IOException, InterruptedException {
        List<Bodies.Doomed> doomed = new ArrayList<>();
        locks.forBuckets(() -> {
            require(name);
            if (holdsAny(spaces.current(), name) || holdsAny(spaces.versions(), name)) {
                throw new S3Failed(
                        ErrorCode.BUCKET_NOT_EMPTY,
                        "The bucket you tried to delete is not empty: %s. You must delete all objects and versions in it."
                                .formatted(name));
            }
            Batch batch = new Batch().delete(spaces.buckets(), Keys.bucket(name));
            dropUploads(batch, name, doomed);
            store.commit(batch);
            return name;
        });
        bodies.discard(doomed);
    }

    public Bucket setVersioning(String name, Versioning versioning)
            throws IOException, InterruptedException {
        return change(name, bucket -> bucket.withVersioning(versioning));
    }

    public Bucket setTags(String name, Map<String, String> tags)
            throws IOException, InterruptedException {
        Naming.checkTags(tags, Naming.BUCKET_TAGS_MAX);
        return change(name, bucket -> bucket.withTags(tags));
    }

    private Bucket change(String name, UnaryOperator<Bucket> change)
            throws IOException, InterruptedException {
        return locks.forBuckets(() -> {
            Bucket changed = change.apply(require(name));
            store.commit(
                    new Batch().put(spaces.buckets(), Keys.bucket(name), Records.bucket(changed)));
            return changed;
        });
    }

    private static boolean holdsAny(Space space, String bucket) {
        try (Space.Scan scan =
                space.scan(Keys.startOf(bucket), Keys.endOf(bucket), Space.Direction.FORWARD)) {
            return scan.next();
        }
    }

    private void dropUploads(Batch batch, String bucket, List<Bodies.Doomed> doomed) {
        try (Space.Scan scan = spaces.uploads()
                .scan(Keys.startOf(bucket), Keys.endOf(bucket), Space.Direction.FORWARD)) {
            while (scan.next()) {
                batch.delete(spaces.uploads(), scan.key());
                doomed.addAll(Uploads.dropParts(
                        batch, spaces, bodies, Records.upload(scan.value()).sequence()));
            }
        }
    }
}
