package dev.mapwright.adapters.items;

import dev.mapwright.adapters.items.csv.CsvItemReader;
import dev.mapwright.adapters.items.json.JsonItemReader;
import dev.mapwright.adapters.items.jsonlines.JsonLinesItemReader;
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

    /// @param account that owns all buckets here
    public ItemReaderTable(ObjectStore objects, String account) {
        this.csv = new CsvItemReader(objects, account);
        this.json = new JsonItemReader(objects, account);
        this.jsonLines = new JsonLinesItemReader(objects, account);
    }

    /// What a resource and its ReaderConfig ask for.
    private enum Format {
        CSV,
        JSON,
        JSONL,
        PARQUET,
        S3_INVENTORY,
        ATHENA_DATA,
        LISTING,
        LOAD_AND_FLATTEN
    }

    @Override
    public ItemReader find(Dataset.Read dataset) throws ReadFailed {
        Format format = format(dataset);
        return switch (format) {
            case CSV -> csv;
            case JSON -> json;
            case JSONL -> jsonLines;
            case PARQUET, S3_INVENTORY, ATHENA_DATA, LISTING, LOAD_AND_FLATTEN ->
                throw new ReadFailed(
                        "Datasets of the kind %s (%s) are not supported by this version"
                                .formatted(format, dataset.resource()));
        };
    }

    private static Format format(Dataset.Read dataset) throws ReadFailed {
        return switch (dataset.resource()) {
            case "s3:getObject" -> objectFormat(dataset);
            case "s3:listObjectsV2" ->
                member(dataset, "Transformation").orElse("NONE").equals("LOAD_AND_FLATTEN")
                        ? Format.LOAD_AND_FLATTEN
                        : Format.LISTING;
            default ->
                throw new ReadFailed(
                        "An ItemReader reads with s3:getObject or s3:listObjectsV2, not with "
                                + dataset.resource());
        };
    }

    private static Format objectFormat(Dataset.Read dataset) throws ReadFailed {
        Optional<String> manifest = member(dataset, "ManifestType");
        if (manifest.isPresent()) {
            return switch (manifest.get()) {
                case "S3_INVENTORY" -> Format.S3_INVENTORY;
                case "ATHENA_DATA" -> Format.ATHENA_DATA;
                default ->
                    throw unknown("ManifestType", manifest.get(), "ATHENA_DATA, S3_INVENTORY");
            };
        }
        String type = member(dataset, "InputType")
                .orElseThrow(() ->
                        new ReadFailed("The ReaderConfig of s3:getObject needs an InputType"));
        return switch (type) {
            case "CSV" -> Format.CSV;
            case "JSON" -> Format.JSON;
            case "JSONL" -> Format.JSONL;
            case "PARQUET" -> Format.PARQUET;
            case "MANIFEST" -> Format.S3_INVENTORY;
            default -> throw unknown("InputType", type, "CSV, JSON, JSONL, PARQUET, MANIFEST");
        };
    }

    private static ReadFailed unknown(String field, String value, String known) {
        return new ReadFailed(
                "The ReaderConfig's %s '%s' is none of %s".formatted(field, value, known));
    }

    private static Optional<String> member(Dataset.Read dataset, String name) throws ReadFailed {
        if (!(dataset.config().value() instanceof Map<?, ?> config)) {
            throw new ReadFailed(
                    "The ReaderConfig must be an object, but was: " + dataset.config());
        }
        return Optional.ofNullable(config.get(name)).map(String::valueOf);
    }
}
