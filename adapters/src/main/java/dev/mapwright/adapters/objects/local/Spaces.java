package dev.mapwright.adapters.objects.local;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;

/// The ordered maps that buckets and objects are kept in.
///
/// @param buckets by name
/// @param current newest version of each object, by bucket and key
/// @param versions older versions, by bucket, key and age
/// @param bodies bytes, or where they are, by number
/// @param uploads multipart uploads under way, by bucket, key and number
/// @param parts by upload and part number
/// @param numbers how far numbers are reserved
record Spaces(
        Space buckets,
        Space current,
        Space versions,
        Space bodies,
        Space uploads,
        Space parts,
        Space numbers) {
    static Spaces of(KeyValueStore store) {
        return new Spaces(
                store.space("s3.buckets"),
                store.space("s3.current"),
                store.space("s3.versions"),
                store.space("s3.bodies"),
                store.space("s3.uploads"),
                store.space("s3.parts"),
                store.space("s3.numbers"));
    }
}
