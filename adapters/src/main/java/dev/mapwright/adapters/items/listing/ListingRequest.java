package dev.mapwright.adapters.items.listing;

import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which keys a reader's arguments ask for.
///
/// @param prefix empty: all keys
/// @param startAfter keys up to this one are left out; empty: none
record ListingRequest(String bucket, String prefix, String startAfter) {
    /// `MaxKeys` is the size of a page, and pages are joined anyway.
    private static final Set<String> MEMBERS =
            Set.of("Bucket", "Prefix", "StartAfter", "MaxKeys", "ExpectedBucketOwner");

    /// @param account that owns all buckets here
    static ListingRequest of(Dataset.Read dataset, String account) throws ReadFailed {
        if (!(dataset.arguments().value() instanceof Map<?, ?> arguments)) {
            throw new ReadFailed("The arguments of %s must be an object, but were: %s"
                    .formatted(dataset.resource(), dataset.arguments()));
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
        String bucket = text(arguments, "Bucket", dataset)
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> new ReadFailed(
                        "The argument Bucket of %s is required".formatted(dataset.resource())));
        var owner = text(arguments, "ExpectedBucketOwner", dataset);
        if (owner.isPresent() && !owner.get().equals(account)) {
            throw new ReadFailed(
                    "The bucket %s belongs to the account %s, not to ExpectedBucketOwner %s"
                            .formatted(bucket, account, owner.get()));
        }
        return new ListingRequest(
                bucket,
                text(arguments, "Prefix", dataset).orElse(""),
                text(arguments, "StartAfter", dataset).orElse(""));
    }

    private static Optional<String> text(Map<?, ?> arguments, String name, Dataset.Read dataset)
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
