package dev.mapwright.adapters.items.listing;

import dev.mapwright.adapters.items.series.ObjectSeries;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Optional;

/// The objects of `s3:listObjectsV2` with `LOAD_AND_FLATTEN`: all that are listed, in the order of
/// their keys, each in the version that was listed; empty objects and folder markers have no items.
///
/// @param account that owns all buckets here
public record FlattenedListing(ObjectStore objects, String account) implements ObjectSeries.Opener {
    @Override
    public ObjectSeries open(Dataset.Read dataset, Optional<String> place)
            throws ReadFailed, InterruptedException {
        var request = ListingRequest.of(dataset, account);
        return ListedObjects.open(objects, request, dataset.config(), place);
    }
}
