package dev.mapwright.adapters.items.manifest;

import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.adapters.items.object.ObjectReading;
import dev.mapwright.adapters.items.series.SeriesItemSource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Map;
import java.util.Optional;

/// Reads an S3 Inventory (`ManifestType: S3_INVENTORY`, or `InputType: MANIFEST` as it was once
/// written): a row of its CSV files per object, with the columns of the manifest's schema, all of
/// them strings. Keys stay URL-encoded, as S3 writes them.
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
public final class InventoryItemReader implements ItemReader {
    private final ObjectStore objects;
    private final String account;
    private final ItemReader csv;

    /// @param account that owns all buckets here
    public InventoryItemReader(ObjectStore objects, String account, ItemReader csv) {
        this.objects = objects;
        this.account = account;
        this.csv = csv;
    }

    @Override
    public ItemSource open(Dataset.Read dataset, Optional<String> position)
            throws ReadFailed, InterruptedException {
        var address = ObjectAddress.of(dataset, account);
        var reading = ObjectReading.open(objects, address, SeriesItemSource.place(position));
        var manifest = InventoryManifest.read(reading);
        Json config = Json.of(Map.of(
                "InputType", "CSV",
                "CSVHeaderLocation", "GIVEN",
                "CSVHeaders", manifest.columns()));
        return SeriesItemSource.open(
                _ -> new InventoryFiles(reading, manifest), csv, config, position);
    }
}
