package dev.mapwright.adapters.items.manifest;

import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.adapters.items.object.ObjectReading;
import dev.mapwright.adapters.items.series.SeriesItemSource;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Optional;

/// Reads `ManifestType: ATHENA_DATA`: the rows of all data files that an UNLOAD query wrote, in the
/// order in which its manifest names them. Items have the data file as their source. CSV files that
/// UNLOAD writes have no header, hence `CSVHeaderLocation: GIVEN`.
/// https://docs.aws.amazon.com/athena/latest/ug/unload.html
public final class AthenaItemReader implements ItemReader {
    private final ObjectStore objects;
    private final String account;
    private final ItemReader format;

    /// @param account that owns all buckets here
    /// @param format reads one data file
    public AthenaItemReader(ObjectStore objects, String account, ItemReader format) {
        this.objects = objects;
        this.account = account;
        this.format = format;
    }

    @Override
    public ItemSource open(Dataset.Read dataset, Optional<String> position)
            throws ReadFailed, InterruptedException {
        var manifest = ObjectAddress.of(dataset, account);
        return SeriesItemSource.open(
                place -> AthenaFiles.open(ObjectReading.open(objects, manifest, place)),
                format,
                dataset.config(),
                position);
    }
}
