package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.sql.Transfers.Transfer;
import dev.mapwright.adapters.sql.catalog.Catalog;
import dev.mapwright.adapters.sql.catalog.Format;
import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.adapters.sql.catalog.QueryFailed;
import dev.mapwright.adapters.sql.catalog.Table;
import dev.mapwright.adapters.sql.catalog.Table.Partition;
import dev.mapwright.engine.maprun.ObjectStore.Stored;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Brings the objects of tables to where the SQL engine can read them: files in the query's folder.
final class Staging {
    /// Of all tables of one query.
    static final long BYTES_MAX = 20L * 1024 * 1024 * 1024;

    static final int FILES_MAX = 1_000_000;

    private static final Set<String> UNREADABLE =
            Set.of("bz2", "bzip2", "snappy", "lz4", "lzo", "deflate", "orc", "avro");

    /// Fetched together. What is listed beyond them waits until they are.
    private static final int BATCH_FILES = 1_000;

    private final ObjectFiles objects;
    private final Transfers transfers;
    private final Catalog catalog;
    private final Path folder;
    private final OptionalLong scannedBytesMax;
    private long bytes;
    private int files;
    private int tables;
    private final List<Transfer> listed = new ArrayList<>();

    /// @param scannedBytesMax what the workgroup allows
    Staging(
            ObjectFiles objects,
            Transfers transfers,
            Catalog catalog,
            Path folder,
            OptionalLong scannedBytesMax) {
        this.objects = objects;
        this.transfers = transfers;
        this.catalog = catalog;
        this.folder = folder;
        this.scannedBytesMax = scannedBytesMax;
    }

    long bytes() {
        return bytes;
    }

    /// The folder with the table's files, if it has any.
    Optional<Path> stage(Table table) throws QueryFailed, IOException, InterruptedException {
        Path target = folder.resolve("table" + tables);
        tables++;
        int before = files;
        if (table.partitionColumns().isEmpty()) {
            stage(table, table.location(), target);
        } else {
            for (Partition partition : catalog.partitions(table.name())) {
                stage(table, partition.location(), target.resolve(path(partition.values())));
            }
        }
        fetchListed();
        return files > before ? Optional.of(target) : Optional.empty();
    }

    private void stage(Table table, Location from, Path to)
            throws QueryFailed, IOException, InterruptedException {
        objects.each(from, object -> {
            if (isData(object)) {
                take(object);
                Files.createDirectories(to);
                var source = new Location(from.bucket(), object.key());
                Path file = to.resolve(files + extension(table, object.key()));
                listed.add(() -> objects.fetch(source, file));
                if (listed.size() == BATCH_FILES) {
                    fetchListed();
                }
            }
        });
    }

    private void fetchListed() throws QueryFailed, IOException, InterruptedException {
        transfers.run(listed);
        listed.clear();
    }

    private void take(Stored object) throws QueryFailed {
        files++;
        bytes += object.bytes();
        if (scannedBytesMax.isPresent() && bytes > scannedBytesMax.getAsLong()) {
            throw new QueryFailed(
                    "EXCEEDED_SCAN_LIMIT",
                    "Bytes scanned limit was exceeded: the workgroup allows %,d bytes"
                            .formatted(scannedBytesMax.getAsLong()));
        }
        if (bytes > BYTES_MAX || files > FILES_MAX) {
            throw new QueryFailed(
                    "EXHAUSTED_RESOURCES",
                    ("The query reads more than the limit of %,d bytes in %,d objects."
                                    + " Name fewer tables or partitions")
                            .formatted(BYTES_MAX, FILES_MAX));
        }
    }

    /// Hive hides what begins with `_` or `.`; an empty object has no rows.
    private static boolean isData(Stored object) {
        String name = object.key().substring(object.key().lastIndexOf('/') + 1);
        return object.bytes() > 0
                && !name.isEmpty()
                && !name.startsWith("_")
                && !name.startsWith(".");
    }

    /// By which the engine sees how a file is compressed.
    private static String extension(Table table, String key) throws QueryFailed {
        String last = key.substring(Math.max(key.lastIndexOf('.'), key.lastIndexOf('/')) + 1)
                .toLowerCase(Locale.ROOT);
        if (UNREADABLE.contains(last)) {
            throw new QueryFailed(
                    "NOT_SUPPORTED",
                    "Mapwright's Athena cannot read '%s': .%s is not supported, .gz and .zst are"
                            .formatted(key, last));
        }
        String plain =
                switch (table.format()) {
                    case Format.Parquet() -> ".parquet";
                    case Format.JsonLines _ -> ".json";
                    case Format.Delimited _, Format.QuotedCsv _ -> ".csv";
                };
        return table.format() instanceof Format.Parquet
                ? plain
                : switch (last) {
                    case "gz", "gzip" -> plain + ".gz";
                    case "zst", "zstd" -> plain + ".zst";
                    default -> plain;
                };
    }

    private static Path path(List<String> values) {
        Path path = Path.of("");
        for (int i = 0; i < values.size(); i++) {
            path = path.resolve("p%d=%s".formatted(i, PartitionPath.percentEncoded(values.get(i))));
        }
        return path;
    }
}
