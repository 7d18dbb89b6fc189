package dev.mapwright.adapters.items.manifest;

import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.adapters.items.object.ObjectReading;
import dev.mapwright.adapters.items.series.ObjectSeries;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Optional;

/// The objects of `ManifestType: ATHENA_DATA`: all data files that an UNLOAD query wrote, in the
/// order in which its manifest names them. CSV files that UNLOAD writes have no header, hence
/// `CSVHeaderLocation: GIVEN`.
/// https://docs.aws.amazon.com/athena/latest/ug/unload.html
///
/// @param account that owns all buckets here
public record AthenaManifest(ObjectStore objects, String account) implements ObjectSeries.Opener {
    @Override
    public ObjectSeries open(Dataset.Read dataset, Optional<String> place)
            throws ReadFailed, InterruptedException {
        var manifest = ObjectReading.open(objects, ObjectAddress.of(dataset, account), place);
        return AthenaFiles.open(manifest, dataset.config());
    }
}
