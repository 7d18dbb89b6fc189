package dev.mapwright.adapters.objects.local;

import dev.mapwright.adapters.keyvalue.Space;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// A way through the entries of a bucket in the order of their keys, on which one can jump ahead.
abstract class Walk<T> implements AutoCloseable {
    /// Goes on at the first entry whose key is not less than `key`.
    abstract void seek(byte[] key);

    abstract Optional<T> next();

    abstract String keyOf(T item);

    @Override
    public abstract void close();

    /// Objects, without those that are deleted.
    static Walk<ObjectVersion> ofCurrent(Spaces spaces, String bucket) {
        return new Plain<>(
                spaces.current(),
                bucket,
                key -> Keys.current(bucket, key),
                Records::version,
                ObjectVersion::key) {
            @Override
            Optional<ObjectVersion> next() {
                Optional<ObjectVersion> next = super.next();
                while (next.isPresent() && next.get().isDeleteMarker()) {
                    next = super.next();
                }
                return next;
            }
        };
    }

    static Walk<Upload> ofUploads(Spaces spaces, String bucket) {
        return new Plain<>(
                spaces.uploads(),
                bucket,
                key -> Keys.numberedPrefix(bucket, key),
                Records::upload,
                Upload::key);
    }

    /// All versions and delete markers, of each key the newest first.
    static Walk<Listings.VersionEntry> ofVersions(Spaces spaces, String bucket) {
        return new Merged(
                new Plain<>(
                        spaces.current(),
                        bucket,
                        key -> Keys.current(bucket, key),
                        Records::version,
                        ObjectVersion::key),
                new Plain<>(
                        spaces.versions(),
                        bucket,
                        key -> Keys.numberedPrefix(bucket, key),
                        Records::version,
                        ObjectVersion::key));
    }

    private static class Plain<T> extends Walk<T> {
        private final Space space;
        private final String bucket;
        private final Function<byte[], byte[]> place;
        private final Function<byte[], T> decode;
        private final Function<T, String> key;
        private Optional<Space.Scan> scan = Optional.empty();

        Plain(
                Space space,
                String bucket,
                Function<byte[], byte[]> place,
                Function<byte[], T> decode,
                Function<T, String> key) {
            this.space = space;
            this.bucket = bucket;
            this.place = place;
            this.decode = decode;
            this.key = key;
        }

        @Override
        void seek(byte[] from) {
            close();
            scan = Optional.of(
                    space.scan(place.apply(from), Keys.endOf(bucket), Space.Direction.FORWARD));
        }

        @Override
        Optional<T> next() {
            return scan.filter(Space.Scan::next).map(each -> decode.apply(each.value()));
        }

        @Override
        String keyOf(T item) {
            return key.apply(item);
        }

        @Override
        public void close() {
            scan.ifPresent(Space.Scan::close);
            scan = Optional.empty();
        }
    }

    private static final class Merged extends Walk<Listings.VersionEntry> {
        private final Walk<ObjectVersion> current;
        private final Walk<ObjectVersion> older;
        private Optional<ObjectVersion> nextCurrent = Optional.empty();
        private Optional<ObjectVersion> nextOlder = Optional.empty();

        Merged(Walk<ObjectVersion> current, Walk<ObjectVersion> older) {
            this.current = current;
            this.older = older;
        }

        @Override
        void seek(byte[] key) {
            current.seek(key);
            older.seek(key);
            nextCurrent = current.next();
            nextOlder = older.next();
        }

        @Override
        Optional<Listings.VersionEntry> next() {
            boolean takeCurrent = nextCurrent.isPresent()
                    && (nextOlder.isEmpty()
                            || compare(nextCurrent.get().key(), nextOlder.get().key()) <= 0);
            Optional<ObjectVersion> taken = takeCurrent ? nextCurrent : nextOlder;
            if (takeCurrent) {
                nextCurrent = current.next();
            } else {
                nextOlder = older.next();
            }
            return taken.map(version -> new Listings.VersionEntry(version, takeCurrent));
        }

        @Override
        String keyOf(Listings.VersionEntry entry) {
            return entry.version().key();
        }

        @Override
        public void close() {
            current.close();
            older.close();
        }

        private static int compare(String left, String right) {
            return Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        }
    }
}
