package dev.mapwright.adapters.objects.local;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Objects, versions and uploads page by page, in the binary order of their keys' UTF-8. A page
/// costs what it shows: the groups that a delimiter makes are stepped over.
public final class Listings {
    /// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
    public static final int PAGE_ITEMS_MAX = 1000;

    private final Spaces spaces;
    private final Buckets buckets;
    private final Versions versions;

    Listings(Spaces spaces, Buckets buckets, Versions versions) {
        this.spaces = spaces;
        this.buckets = buckets;
        this.versions = versions;
    }

    /// Which keys.
    ///
    /// @param delimiter keys that agree up to its first place after the prefix are shown as one
    ///     common prefix
    public record Selection(String prefix, Optional<String> delimiter) {
        public static Selection prefix(String prefix) {
            return new Selection(prefix, Optional.empty());
        }

        /// The common prefix that a key is shown as, if any.
        private Optional<String> group(String key) {
            int at = delimiter.map(each -> key.indexOf(each, prefix.length())).orElse(-1);
            return at < 0
                    ? Optional.empty()
                    : Optional.of(key.substring(0, at + delimiter.get().length()));
        }
    }

    /// Where a page starts.
    public sealed interface Start {
        record First() implements Start {}

        /// After a key; after all keys of a common prefix, if it is one.
        record AfterKey(String key) implements Start {}

        /// After one version, or one upload, of a key.
        ///
        /// @param id a version id or an upload id
        record AfterItem(String key, String id) implements Start {}
    }

    /// One page.
    ///
    /// @param last what it ends with, a key or a common prefix; empty if the page is
    /// @param lastItem empty if the page ends with a common prefix
    public record Listing<T>(
            List<T> items,
            List<String> commonPrefixes,
            boolean truncated,
            String last,
            Optional<T> lastItem) {}

    /// @param latest whether it is the current version
    public record VersionEntry(ObjectVersion version, boolean latest) {}

    public Listing<ObjectVersion> objects(
            String bucketName, Selection selection, Start start, int countMax) throws S3Failed {
        buckets.require(bucketName);
        try (Walk<ObjectVersion> walk = Walk.ofCurrent(spaces, bucketName)) {
            return page(walk, selection, start, _ -> false, countMax);
        }
    }

    public Listing<VersionEntry> versions(
            String bucketName, Selection selection, Start start, int countMax) throws S3Failed {
        buckets.require(bucketName);
        Predicate<VersionEntry> seen =
                switch (start) {
                    case Start.First(), Start.AfterKey(String _) -> _ -> false;
                    case Start.AfterItem(String key, String id) -> {
                        long marker = versionSequence(bucketName, key, id);
                        yield entry -> entry.version().key().equals(key)
                                && entry.version().sequence() >= marker;
                    }
                };
        try (Walk<VersionEntry> walk = Walk.ofVersions(spaces, bucketName)) {
            return page(walk, selection, start, seen, countMax);
        }
    }

    public Listing<Upload> uploads(
            String bucketName, Selection selection, Start start, int countMax) throws S3Failed {
        buckets.require(bucketName);
        Predicate<Upload> seen =
                switch (start) {
                    case Start.First(), Start.AfterKey(String _) -> _ -> false;
                    case Start.AfterItem(String key, String id) -> {
                        long marker = sequence(id);
                        yield upload -> upload.key().equals(key) && upload.sequence() <= marker;
                    }
                };
        try (Walk<Upload> walk = Walk.ofUploads(spaces, bucketName)) {
            return page(walk, selection, start, seen, countMax);
        }
    }

    private static <T> Listing<T> page(
            Walk<T> walk, Selection selection, Start start, Predicate<T> seen, int countMax) {
        List<T> items = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        String last = "";
        Optional<T> lastItem = Optional.empty();
        walk.seek(from(selection, start));
        for (Optional<T> next = walk.next(); next.isPresent() && countMax > 0; next = walk.next()) {
            String key = walk.keyOf(next.get());
            if (!key.startsWith(selection.prefix())) {
                break;
            }
            if (seen.test(next.get())) {
                continue;
            }
            if (items.size() + groups.size() == countMax) {
                return new Listing<>(items, groups, true, last, lastItem);
            }
            Optional<String> group = selection.group(key);
            last = group.orElse(key);
            lastItem = group.isPresent() ? Optional.empty() : next;
            if (group.isPresent()) {
                groups.add(last);
                walk.seek(Keys.afterAll(utf8(last)));
            } else {
                items.add(next.get());
            }
        }
        return new Listing<>(items, groups, false, last, lastItem);
    }

    private static byte[] from(Selection selection, Start start) {
        byte[] prefix = utf8(selection.prefix());
        byte[] from =
                switch (start) {
                    case Start.First() -> prefix;
                    case Start.AfterKey(String key)
                    when selection.group(key).filter(key::equals).isPresent()
                            && key.startsWith(selection.prefix()) -> Keys.afterAll(utf8(key));
                    case Start.AfterKey(String key) -> Keys.after(utf8(key));
                    case Start.AfterItem(String key, String _) -> utf8(key);
                };
        return Arrays.compareUnsigned(from, prefix) < 0 ? prefix : from;
    }

    private long versionSequence(String bucketName, String key, String id) throws S3Failed {
        return id.equals(ObjectVersion.NULL_VERSION)
                ? versions.find(bucketName, Naming.keyBytes(key), id)
                        .map(ObjectVersion::sequence)
                        .orElse(0L)
                : sequence(id);
    }

    private static long sequence(String id) throws S3Failed {
        try {
            return Long.parseLong(id, 16);
        } catch (NumberFormatException foreign) {
            throw new S3Failed(
                    ErrorCode.INVALID_ARGUMENT,
                    "Invalid marker: '%s' was never given.".formatted(id));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
