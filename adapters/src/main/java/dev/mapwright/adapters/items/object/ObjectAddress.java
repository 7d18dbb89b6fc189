package dev.mapwright.adapters.items.object;

import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which object a reader's arguments name.
///
/// @param versionId one that was asked for
public record ObjectAddress(String bucket, String key, Optional<String> versionId) {
    private static final Set<String> MEMBERS =
            Set.of("Bucket", "Key", "VersionId", "ExpectedBucketOwner");

    /// @param account that owns all buckets here
    public static ObjectAddress of(Dataset.Read dataset, String account) throws ReadFailed {
        if (!(dataset.arguments().value() instanceof Map<?, ?> arguments)) {
            throw new ReadFailed("The arguments of " + dataset.resource()
                    + " must be an object, but were: " + dataset.arguments());
        }
        for (Object name : arguments.keySet()) {
            if (!MEMBERS.contains(name)) {
                throw new ReadFailed("The argument %s of %s is not supported; supported are %s"
                        .formatted(
                                name,
                                dataset.resource(),
                                MEMBERS.stream().sorted().toList()));
            }
        }
        String bucket = required(arguments, "Bucket", dataset);
        var owner = optional(arguments, "ExpectedBucketOwner", dataset);
        if (owner.isPresent() && !owner.get().equals(account)) {
            throw new ReadFailed(
                    "The bucket %s belongs to the account %s, not to ExpectedBucketOwner %s"
                            .formatted(bucket, account, owner.get()));
        }
        return new ObjectAddress(
                bucket,
                required(arguments, "Key", dataset),
                optional(arguments, "VersionId", dataset));
    }

    /// As `Map.Item.Source` shows it.
    public String uri() {
        return "s3://" + bucket + "/" + key;
    }

    private static String required(Map<?, ?> arguments, String name, Dataset.Read dataset)
            throws ReadFailed {
        return optional(arguments, name, dataset)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new ReadFailed(
                        "The argument %s of %s is required".formatted(name, dataset.resource())));
    }

    private static Optional<String> optional(Map<?, ?> arguments, String name, Dataset.Read dataset)
            throws ReadFailed {
        return switch (arguments.get(name)) {
            case null -> Optional.empty();
            case String value -> Optional.of(value);
            case Object other ->
                throw new ReadFailed("The argument %s of %s must be a string, but was %s"
                        .formatted(name, dataset.resource(), other));
        };
    }
}
