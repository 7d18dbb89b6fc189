package dev.mapwright.adapters.items.listing;

import dev.mapwright.adapters.items.object.Arguments;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Set;

/// Which keys a reader's arguments ask for.
///
/// @param prefix empty: all keys
/// @param startAfter keys up to this one are left out; empty: none
record ListingRequest(String bucket, String prefix, String startAfter) {
    /// `MaxKeys` is the size of a page, and pages are joined anyway.
    private static final Set<String> SUPPORTED =
            Set.of("Bucket", "Prefix", "StartAfter", "MaxKeys", "ExpectedBucketOwner");

    /// @param account that owns all buckets here
    static ListingRequest of(Dataset.Read dataset, String account) throws ReadFailed {
        var arguments = Arguments.of(dataset, SUPPORTED, account);
        return new ListingRequest(
                arguments.required("Bucket"),
                arguments.optional("Prefix").orElse(""),
                arguments.optional("StartAfter").orElse(""));
    }
}
