package dev.mapwright.adapters.sql.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in S3.
///
/// @param key of an object, or what the keys of several begin with; empty for the whole bucket
public record Location(String bucket, String key) {
    private static final Pattern URI =
            Pattern.compile("s3a?n?://([^/]+)(?:/(.*))?", Pattern.DOTALL);

    /// Empty if `uri` is none.
    public static Optional<Location> of(String uri) {
        Matcher parts = URI.matcher(uri);
        return parts.matches()
                ? Optional.of(new Location(
                        parts.group(1), Optional.ofNullable(parts.group(2)).orElse("")))
                : Optional.empty();
    }

    /// The same as a folder: what the keys below it begin with.
    public Location folder() {
        return key.isEmpty() || key.endsWith("/") ? this : new Location(bucket, key + "/");
    }

    public Location resolve(String below) {
        return new Location(bucket, key + below);
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
