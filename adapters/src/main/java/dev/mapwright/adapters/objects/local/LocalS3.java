package dev.mapwright.adapters.objects.local;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/// S3 in a data folder: names, metadata and small bodies in the key-value store, large bodies as
/// numbered files. A body is received and on the disk before the one write that makes it an object;
/// whatever a crash leaves without an object is deleted here.
public final class LocalS3 {
    private final Buckets buckets;
    private final Objects objects;
    private final Uploads uploads;
    private final Listings listings;

    private LocalS3(KeyValueStore store, Spaces spaces, Bodies bodies, InstantSource clock) {
        Locks locks = new Locks();
        this.buckets = new Buckets(store, spaces, bodies, locks, clock);
        Versions versions = new Versions(spaces, bodies);
        this.objects = new Objects(store, buckets, versions, bodies, locks, clock);
        this.uploads = new Uploads(store, spaces, buckets, versions, bodies, locks, clock);
        this.listings = new Listings(spaces, buckets, versions);
    }

    /// @param folder for the bodies; made if it doesn't exist
    /// @param durability as the store's
    public static LocalS3 open(
            KeyValueStore store, Path folder, Durability durability, InstantSource clock)
            throws IOException {
        Spaces spaces = Spaces.of(store);
        Bodies bodies = new Bodies(
                spaces.bodies(),
                new BodyFiles(folder, durability),
                new Numbers(store, spaces.numbers()));
        return new LocalS3(store, spaces, bodies, clock);
    }

    public Buckets buckets() {
        return buckets;
    }

    public Objects objects() {
        return objects;
    }

    public Uploads uploads() {
        return uploads;
    }

    public Listings listings() {
        return listings;
    }
}
