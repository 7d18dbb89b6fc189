package dev.mapwright.adapters.items.listing;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonObject;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ObjectStore.Stored;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.List;
import java.util.Optional;

/// What is known of each object, from the one where the listing was opened.
final class ListingItemSource implements ItemSource {
    /// `Etag`, where S3 itself has `ETag`: so AWS names it here.
    private static final JsonObject.Shape SHAPE =
            JsonObject.Shape.of(List.of("Etag", "Key", "LastModified", "Size", "StorageClass"));

    private final Listing listing;
    private final String source;
    private long index;

    ListingItemSource(Listing listing, String source, long index) {
        this.listing = listing;
        this.source = source;
        this.index = index;
    }

    @Override
    public Optional<Item> next() throws ReadFailed, InterruptedException {
        return listing.next()
                .map(object -> new Item(index++, Optional.empty(), value(object), source));
    }

    /// Seconds are written as AWS writes them: `1.790204286E9`.
    private static Json value(Stored object) {
        return Json.of(SHAPE.object(
                object.etag(),
                object.key(),
                (double) object.lastModified().getEpochSecond(),
                object.bytes(),
                object.storageClass()));
    }

    @Override
    public String position() {
        return new ListingPlace.Numbered(index, listing.place()).text();
    }

    @Override
    public void close() {}
}
