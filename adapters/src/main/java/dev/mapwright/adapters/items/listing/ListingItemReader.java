package dev.mapwright.adapters.items.listing;

import dev.mapwright.adapters.items.listing.ListingPlace.Numbered;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Optional;

/// Reads `s3:listObjectsV2`: an item per object, folder markers included, in binary order of the
/// keys. Objects that come or go while the listing is read are seen or not, as on AWS; a position
/// names the ETag of its object, and a listing whose object there has another one does not go on.
public final class ListingItemReader implements ItemReader {
    private final ObjectStore objects;
    private final String account;

    /// @param account that owns all buckets here
    public ListingItemReader(ObjectStore objects, String account) {
        this.objects = objects;
        this.account = account;
    }

    @Override
    public ItemSource open(Dataset.Read dataset, Optional<String> position)
            throws ReadFailed, InterruptedException {
        var request = ListingRequest.of(dataset, account);
        Numbered start = position.isPresent()
                ? Numbered.parse(position.get())
                : new Numbered(0, Optional.empty());
        return new ListingItemSource(
                new Listing(objects, request, start.place()),
                "s3://" + request.bucket(),
                start.item());
    }
}
