package dev.mapwright.adapters.items.manifest;

import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.adapters.items.object.ObjectReading;
import dev.mapwright.adapters.items.series.ObjectSeries;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Optional;

/// The objects of an S3 Inventory (`ManifestType: S3_INVENTORY`, or `InputType: MANIFEST` as it was
/// once written): its CSV files, with a row per object, whose columns the manifest's schema names.
/// All are strings, and keys stay URL-encoded, as S3 writes them.
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
///
/// @param account that owns all buckets here
public record Inventory(ObjectStore objects, String account) implements ObjectSeries.Opener {
    @Override
    public ObjectSeries open(Dataset.Read dataset, Optional<String> place)
            throws ReadFailed, InterruptedException {
        var reading = ObjectReading.open(objects, ObjectAddress.of(dataset, account), place);
        return new InventoryFiles(reading, InventoryManifest.read(reading));
    }
}
