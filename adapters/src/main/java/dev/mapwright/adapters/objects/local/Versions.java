package dev.mapwright.adapters.objects.local;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.Space;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The versions of one key: which one is current, and what a new or a deleted one does to the
/// others. Steps are added to a batch that the caller commits while it holds the key's lock.
final class Versions {
    private final Spaces spaces;
    private final Bodies bodies;

    Versions(Spaces spaces, Bodies bodies) {
        this.spaces = spaces;
        this.bodies = bodies;
    }

    Optional<ObjectVersion> current(String bucket, byte[] key) {
        return spaces.current().get(Keys.current(bucket, key)).map(Records::version);
    }

    Optional<ObjectVersion> find(String bucket, byte[] key, String id) {
        Optional<ObjectVersion> current = current(bucket, key);
        if (current.isEmpty() || current.get().id().equals(id)) {
            return current;
        }
        return older(bucket, key, version -> version.id().equals(id));
    }

    /// Makes `next` current. The one before it becomes an older version, unless it is the null
    /// version and `next` is too.
    List<Bodies.Doomed> push(Batch batch, Bucket bucket, byte[] key, ObjectVersion next) {
        List<Bodies.Doomed> doomed = new ArrayList<>();
        Optional<ObjectVersion> before = current(bucket.name(), key);
        if (before.isPresent()) {
            if (next.versioned() || before.get().versioned()) {
                batch.put(
                        spaces.versions(),
                        olderKey(bucket, key, before.get()),
                        Records.version(before.get()));
            } else {
                forget(batch, before.get(), doomed);
            }
            if (!next.versioned() && before.get().versioned()) {
                older(bucket.name(), key, version -> !version.versioned())
                        .ifPresent(nullVersion -> {
                            batch.delete(spaces.versions(), olderKey(bucket, key, nullVersion));
                            forget(batch, nullVersion, doomed);
                        });
            }
        }
        batch.put(spaces.current(), Keys.current(bucket.name(), key), Records.version(next));
        return doomed;
    }

    /// Removes one version for good. If it was current, the newest older one takes its place.
    List<Bodies.Doomed> remove(Batch batch, Bucket bucket, byte[] key, ObjectVersion version) {
        List<Bodies.Doomed> doomed = new ArrayList<>();
        boolean isCurrent = current(bucket.name(), key).filter(version::equals).isPresent();
        if (isCurrent) {
            Optional<ObjectVersion> heir = older(bucket.name(), key, _ -> true);
            if (heir.isPresent()) {
                batch.put(
                        spaces.current(),
                        Keys.current(bucket.name(), key),
                        Records.version(heir.get()));
                batch.delete(spaces.versions(), olderKey(bucket, key, heir.get()));
            } else {
                batch.delete(spaces.current(), Keys.current(bucket.name(), key));
            }
        } else {
            batch.delete(spaces.versions(), olderKey(bucket, key, version));
        }
        forget(batch, version, doomed);
        return doomed;
    }

    /// Writes a changed record of a version that stays where it is.
    void rewrite(Batch batch, Bucket bucket, byte[] key, ObjectVersion version) {
        boolean isCurrent = current(bucket.name(), key)
                .filter(each -> each.sequence() == version.sequence())
                .isPresent();
        if (isCurrent) {
            batch.put(spaces.current(), Keys.current(bucket.name(), key), Records.version(version));
        } else {
            batch.put(spaces.versions(), olderKey(bucket, key, version), Records.version(version));
        }
    }

    private void forget(Batch batch, ObjectVersion version, List<Bodies.Doomed> doomed) {
        version.content().ifPresent(content -> doomed.add(bodies.drop(batch, content.body())));
    }

    private Optional<ObjectVersion> older(
            String bucket, byte[] key, Predicate<ObjectVersion> wanted) {
        byte[] from = Keys.numbered(bucket, key);
        try (Space.Scan scan =
                spaces.versions().scan(from, Keys.afterAll(from), Space.Direction.FORWARD)) {
            while (scan.next()) {
                ObjectVersion version = Records.version(scan.value());
                if (wanted.test(version)) {
                    return Optional.of(version);
                }
            }
        }
        return Optional.empty();
    }

    private static byte[] olderKey(Bucket bucket, byte[] key, ObjectVersion version) {
        return Keys.version(bucket.name(), key, version.sequence());
    }
}
