package dev.mapwright.adapters.items.listing;

import dev.mapwright.adapters.items.series.SeriesItemSource;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Optional;

/// Reads `s3:listObjectsV2` with `LOAD_AND_FLATTEN`: the items of all objects that are listed, in
/// the order of their keys, whatever is opened ahead. Each object is read in the version that was
/// listed; empty objects and folder markers have no items.
public final class FlattenItemReader implements ItemReader {
    private final ObjectStore objects;
    private final String account;
    private final ItemReader format;

    /// @param account that owns all buckets here
    /// @param format reads one object
    public FlattenItemReader(ObjectStore objects, String account, ItemReader format) {
        this.objects = objects;
        this.account = account;
        this.format = format;
    }

    @Override
    public ItemSource open(Dataset.Read dataset, Optional<String> position)
            throws ReadFailed, InterruptedException {
        var request = ListingRequest.of(dataset, account);
        return SeriesItemSource.open(
                place -> ListedObjects.open(objects, request, place),
                format,
                dataset.config(),
                position);
    }
}
