package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.sql.Transfers.Transfer;
import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.adapters.sql.catalog.QueryFailed;
import dev.mapwright.adapters.sql.duckdb.ResultColumn;
import dev.mapwright.adapters.sql.duckdb.Session;
import dev.mapwright.adapters.sql.statement.FileFormat;
import dev.mapwright.adapters.sql.statement.FileFormat.Kind;
import dev.mapwright.adapters.sql.statement.Query;
import dev.mapwright.engine.world.World;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Writes the rows of a query to files in S3, as `UNLOAD` and `CREATE TABLE AS` do.
final class Unloading {
    /// A thousand times what Athena writes at once: data by device have as many partitions as
    /// devices.
    static final int PARTITIONS_MAX = 100_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);

    private final ObjectFiles objects;
    private final Transfers transfers;
    private final Session session;
    private final Path folder;
    private final World world;

    /// @param folder for the files on their way
    Unloading(ObjectFiles objects, Session session, Path folder, World world) {
        this.objects = objects;
        this.transfers = new Transfers(world);
        this.session = session;
        this.folder = folder;
        this.world = world;
    }

    /// What was written.
    ///
    /// @param partitions the paths of partitions below the target, `day=1/`
    record Written(
            long rows, List<ResultColumn> columns, List<Location> files, Set<String> partitions) {}

    Written write(Query query, Location target, FileFormat format)
            throws QueryFailed, IOException, InterruptedException {
        if (query.unnamed().isPresent()) {
            throw new QueryFailed(
                    "MISSING_COLUMN_NAME",
                    "Column name not specified at position " + query.unnamed().get());
        }
        requireEmpty(target);
        List<ResultColumn> columns = session.columns(query.sql());
        check(columns, format);
        long rows = session.write(columns, folder, format);
        if (rows == 0) {
            return new Written(0, columns, List.of(), Set.of());
        }
        Instant now = world.now();
        String start = "%s_%05d_%.5s_"
                .formatted(TIME.format(now), now.getNano() / 1_000_000, world.uuid());
        var stores = new ArrayList<Transfer>();
        var files = new ArrayList<Location>();
        var partitions = new LinkedHashSet<String>();
        for (Path file : files()) {
            String path = partitionPath(folder.relativize(file));
            Location to = target.resolve(path + start + world.uuid() + extension(format));
            stores.add(() -> {
                objects.store(file, to);
                Files.delete(file);
            });
            files.add(to);
            partitions.add(path);
        }
        transfers.run(stores);
        return new Written(rows, columns, files, partitions);
    }

    private void requireEmpty(Location target) throws QueryFailed, InterruptedException {
        if (!objects.isEmpty(target)) {
            throw new QueryFailed(
                    "HIVE_PATH_ALREADY_EXISTS",
                    ("Target directory already exists: %1$s. You may need to manually clean the data at location"
                                    + " '%1$s' before retrying. Athena will not delete data in your account.")
                            .formatted(target));
        }
    }

    private static void check(List<ResultColumn> columns, FileFormat format) throws QueryFailed {
        List<String> names = columns.stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .toList();
        List<String> partitions = format.partitionedBy();
        int inFiles = names.size() - partitions.size();
        if (inFiles < 0 || !names.subList(inFiles, names.size()).equals(partitions)) {
            throw new QueryFailed(
                    "HIVE_COLUMN_ORDER_MISMATCH",
                    "Partition keys must be the last columns in the table and in the same order as"
                            + " the table properties: "
                            + partitions);
        }
        if (inFiles == 0) {
            throw new QueryFailed(
                    "INVALID_TABLE_PROPERTY", "Table contains only partition columns");
        }
        for (ResultColumn column : columns) {
            boolean isNested = Set.of("array", "map", "row").contains(column.type());
            boolean isUnknown = Set.of("json", "time", "uuid", "interval").contains(column.type());
            if (isUnknown || (isNested && format.kind() == Kind.TEXTFILE)) {
                throw new QueryFailed(
                        "NOT_SUPPORTED",
                        "The column '%s' is of the type %s, which cannot be written as %s"
                                .formatted(column.name(), column.type(), format.kind()));
            }
        }
    }

    private List<Path> files() throws QueryFailed, IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .limit(PARTITIONS_MAX + 1L)
                    .sorted()
                    .toList();
            if (files.size() > PARTITIONS_MAX) {
                throw new QueryFailed(
                        "HIVE_TOO_MANY_OPEN_PARTITIONS",
                        "Exceeded limit of %d open writers for partitions/buckets"
                                .formatted(PARTITIONS_MAX));
            }
            return files;
        }
    }

    /// The engine encodes every sign in `name=value`, Hive only some.
    private static String partitionPath(Path file) {
        var path = new StringBuilder();
        for (int i = 0; i < file.getNameCount() - 1; i++) {
            String part = file.getName(i).toString();
            int sign = part.indexOf('=');
            String value = PartitionPath.percentDecoded(part.substring(sign + 1));
            path.append(PartitionPath.escaped(
                            PartitionPath.percentDecoded(part.substring(0, sign))))
                    .append('=')
                    .append(PartitionPath.escaped(
                            value.equals("NULL") ? PartitionPath.NULL : value))
                    .append('/');
        }
        return path.toString();
    }

    /// Parquet files say inside how they are compressed.
    private static String extension(FileFormat format) {
        if (format.kind() == Kind.PARQUET) {
            return "";
        }
        return switch (format.compression()) {
            case GZIP -> ".gz";
            case ZSTD -> ".zst";
            case NONE, SNAPPY, LZ4 -> "";
        };
    }
}
