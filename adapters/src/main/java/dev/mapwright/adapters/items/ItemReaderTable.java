package dev.mapwright.adapters.items;

import dev.mapwright.adapters.items.csv.CsvItemReader;
import dev.mapwright.adapters.items.json.JsonItemReader;
import dev.mapwright.adapters.items.jsonlines.JsonLinesItemReader;
import dev.mapwright.adapters.items.listing.FlattenedListing;
import dev.mapwright.adapters.items.listing.ListingItemReader;
import dev.mapwright.adapters.items.manifest.AthenaManifest;
import dev.mapwright.adapters.items.manifest.Inventory;
import dev.mapwright.adapters.items.parquet.ParquetItemReader;
import dev.mapwright.adapters.items.series.ObjectSeries;
import dev.mapwright.adapters.items.series.SeriesItemReader;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemReaders;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Map;
import java.util.Optional;

/// All formats of a dataset, and their readers.
/// https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
public final class ItemReaderTable implements ItemReaders {
    private final ItemReader csv;
    private final ItemReader json;
    private final ItemReader jsonLines;
    private final ItemReader parquet;
    private final ItemReader listing;
    private final ItemReader inventory;
    private final ObjectSeries.Opener flattened;
    private final ObjectSeries.Opener athena;

    /// @param account that owns all buckets here
    public ItemReaderTable(ObjectStore objects, String account) {
        this.csv = new CsvItemReader(objects, account);
        this.json = new JsonItemReader(objects, account);
        this.jsonLines = new JsonLinesItemReader(objects, account);
        this.parquet = new ParquetItemReader(objects, account);
        this.listing = new ListingItemReader(objects, account);
        this.inventory = new SeriesItemReader(
                new Inventory(objects, account),
                new CsvItemReader(objects, account, Quotas.DATASET_OBJECT_BYTES_MAX));
        this.flattened = new FlattenedListing(objects, account);
        this.athena = new AthenaManifest(objects, account);
    }

    @Override
    public ItemReader find(Dataset.Read dataset) throws ReadFailed {
        return switch (dataset.resource()) {
            case "s3:getObject" -> ofObject(dataset);
            case "s3:listObjectsV2" -> ofListing(dataset);
            default ->
                throw new ReadFailed(
                        "An ItemReader reads with s3:getObject or s3:listObjectsV2, not with "
                                + dataset.resource());
        };
    }

    private ItemReader ofListing(Dataset.Read dataset) throws ReadFailed {
        String transformation = member(dataset, "Transformation").orElse("NONE");
        return switch (transformation) {
            case "NONE" -> listing;
            case "LOAD_AND_FLATTEN" ->
                new SeriesItemReader(flattened, ofFile(required(dataset, "InputType")));
            default -> throw unknown("Transformation", transformation, "NONE, LOAD_AND_FLATTEN");
        };
    }

    private ItemReader ofObject(Dataset.Read dataset) throws ReadFailed {
        Optional<String> manifest = member(dataset, "ManifestType");
        if (manifest.isEmpty()) {
            String type = required(dataset, "InputType");
            return type.equals("MANIFEST") ? inventory : ofFile(type);
        }
        return switch (manifest.get()) {
            case "S3_INVENTORY" -> inventory;
            case "ATHENA_DATA" ->
                new SeriesItemReader(athena, ofDataFile(required(dataset, "InputType")));
            default -> throw unknown("ManifestType", manifest.get(), "ATHENA_DATA, S3_INVENTORY");
        };
    }

    private ItemReader ofDataFile(String type) throws ReadFailed {
        if (type.equals("JSON")) {
            throw unknown("InputType", type, "CSV, JSONL, PARQUET, as ATHENA_DATA has them");
        }
        return ofFile(type);
    }

    private ItemReader ofFile(String type) throws ReadFailed {
        return switch (type) {
            case "CSV" -> csv;
            case "JSON" -> json;
            case "JSONL" -> jsonLines;
            case "PARQUET" -> parquet;
            default -> throw unknown("InputType", type, "CSV, JSON, JSONL, PARQUET");
        };
    }

    private static ReadFailed unknown(String field, String value, String known) {
        return new ReadFailed(
                "The ReaderConfig's %s '%s' is none of %s".formatted(field, value, known));
    }

    private static String required(Dataset.Read dataset, String name) throws ReadFailed {
        return member(dataset, name)
                .orElseThrow(() -> new ReadFailed(
                        "The ReaderConfig of %s needs %s".formatted(dataset.resource(), name)));
    }

    private static Optional<String> member(Dataset.Read dataset, String name) throws ReadFailed {
        if (!(dataset.config().value() instanceof Map<?, ?> config)) {
            throw new ReadFailed(
                    "The ReaderConfig must be an object, but was: " + dataset.config());
        }
        return Optional.ofNullable(config.get(name)).map(String::valueOf);
    }
}
