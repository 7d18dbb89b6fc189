package dev.mapwright.adapters.items.object;

import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Optional;
import java.util.Set;

/// Which object a reader's arguments name.
///
/// @param versionId one that was asked for
public record ObjectAddress(String bucket, String key, Optional<String> versionId) {
    private static final Set<String> SUPPORTED =
            Set.of("Bucket", "Key", "VersionId", "ExpectedBucketOwner");

    /// @param account that owns all buckets here
    public static ObjectAddress of(Dataset.Read dataset, String account) throws ReadFailed {
        var arguments = Arguments.of(dataset, SUPPORTED, account);
        return new ObjectAddress(
                arguments.required("Bucket"),
                arguments.required("Key"),
                arguments.optional("VersionId"));
    }

    /// As `Map.Item.Source` shows it.
    public String uri() {
        return "s3://" + bucket + "/" + key;
    }
}
