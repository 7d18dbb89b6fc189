package dev.mapwright.adapters.items.listing;

import dev.mapwright.adapters.items.listing.ListingPlace.Numbered;
import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.adapters.items.object.ObjectPosition;
import dev.mapwright.adapters.items.series.ObjectSeries;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ObjectStore.Stored;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Optional;
import java.util.OptionalLong;

/// A listing's objects that can hold items, each in the version that was listed.
final class ListedObjects implements ObjectSeries {
    private final Listing listing;
    private final String bucket;
    private final Json config;
    private long number;

    private ListedObjects(Listing listing, String bucket, Json config, long number) {
        this.listing = listing;
        this.bucket = bucket;
        this.config = config;
        this.number = number;
    }

    static ListedObjects open(
            ObjectStore objects, ListingRequest request, Json config, Optional<String> place)
            throws ReadFailed, InterruptedException {
        Numbered start =
                place.isPresent() ? Numbered.parse(place.get()) : new Numbered(0, Optional.empty());
        return new ListedObjects(
                new Listing(objects, request, start.place()),
                request.bucket(),
                config,
                start.item());
    }

    @Override
    public Optional<Member> next() throws ReadFailed, InterruptedException {
        while (true) {
            Optional<Stored> object = listing.next();
            if (object.isEmpty()) {
                return Optional.empty();
            }
            number++;
            if (canHoldItems(object.get())) {
                return Optional.of(member(object.get()));
            }
        }
    }

    private static boolean canHoldItems(Stored object) {
        return object.bytes() > 0 && !object.key().endsWith("/");
    }

    private Member member(Stored object) throws ReadFailed {
        var address = new ObjectAddress(bucket, object.key(), Optional.empty());
        if (object.bytes() > Quotas.DATASET_OBJECT_BYTES_MAX) {
            throw new ReadFailed("%s has %d bytes; a dataset's object has at most %d"
                    .formatted(address.uri(), object.bytes(), Quotas.DATASET_OBJECT_BYTES_MAX));
        }
        var version = new ObjectPosition.Version(object.etag(), object.versionId());
        return new Member(
                address,
                Optional.of(ObjectPosition.beginning(version)),
                OptionalLong.of(object.bytes()));
    }

    @Override
    public String place() {
        return new Numbered(number, listing.place()).text();
    }

    @Override
    public Json config() {
        return config;
    }

    @Override
    public void close() {}
}
