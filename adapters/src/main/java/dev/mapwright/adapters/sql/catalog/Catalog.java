package dev.mapwright.adapters.sql.catalog;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.sql.catalog.Table.Partition;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The databases and their tables, kept over restarts. Definitions change one at a time; messages
/// are those of Hive, which does this work in Athena.
public final class Catalog {
    /// Is always there.
    public static final String DEFAULT = "default";

    /// https://docs.aws.amazon.com/general/latest/gr/glue.html
    private static final int DATABASES_MAX = 10_000;

    private static final int TABLES_MAX = 200_000;

    /// The most partitions of one table that a query looks at.
    public static final int PARTITIONS_MAX = 100_000;

    private static final String DATABASE = "d";
    private static final String TABLE = "t";
    private static final String PARTITION = "p";

    private final KeyValueStore store;
    private final Space space;
    private final TableRecord records;
    private final ReentrantLock changing = new ReentrantLock();

    /// @param types reads the text of a type
    public Catalog(KeyValueStore store, Function<String, HiveType> types) {
        this.store = store;
        this.space = store.space("sql.catalog");
        this.records = new TableRecord(types);
    }

    public List<String> databases() {
        var names = new ArrayList<String>();
        boolean hasDefault = false;
        for (byte[][] entry : entries(DATABASES_MAX, DATABASE)) {
            String name = lastPart(entry[0]);
            hasDefault |= name.equals(DEFAULT);
            names.add(name);
        }
        if (!hasDefault) {
            names.add(DEFAULT);
        }
        return names.stream().sorted().toList();
    }

    public boolean hasDatabase(String database) {
        return database.equals(DEFAULT) || space.get(key(DATABASE, database)).isPresent();
    }

    /// Names in order.
    public List<String> tables(String database) {
        return entries(TABLES_MAX, TABLE, database).stream()
                .map(entry -> lastPart(entry[0]))
                .toList();
    }

    public Optional<Table> find(TableName name) {
        return space.get(key(TABLE, name.database(), name.table())).map(records::read);
    }

    public Table table(TableName name) throws QueryFailed {
        requireDatabase(name.database());
        return find(name)
                .orElseThrow(() -> failed("SemanticException [Error 10001]: Table not found "
                        + name.database() + "." + name.table()));
    }

    public List<Partition> partitions(TableName name) throws QueryFailed {
        List<byte[][]> entries =
                entries(PARTITIONS_MAX + 1, PARTITION, name.database(), name.table());
        if (entries.size() > PARTITIONS_MAX) {
            throw new QueryFailed(
                    "EXCEEDED_PARTITION_LIMIT",
                    "The table %s has more than the limit of %,d partitions"
                            .formatted(name, PARTITIONS_MAX));
        }
        return entries.stream()
                .map(entry -> TableRecord.readPartition(entry[1]))
                .toList();
    }

    /// @return whether it was not there yet
    public boolean create(String database) throws InterruptedException {
        changing.lock();
        try {
            boolean isNew = !hasDatabase(database);
            if (isNew) {
                store.commit(new Batch().put(space, key(DATABASE, database), new byte[0]));
            }
            return isNew;
        } finally {
            changing.unlock();
        }
    }

    /// Drops a database and the tables in it. Their objects stay.
    public void drop(String database) throws InterruptedException {
        changing.lock();
        try {
            var batch = new Batch().delete(space, key(DATABASE, database));
            deleteAll(batch, TABLE, database);
            deleteAll(batch, PARTITION, database);
            store.commit(batch);
        } finally {
            changing.unlock();
        }
    }

    /// @return whether it was not there yet
    public boolean create(Table table) throws QueryFailed, InterruptedException {
        changing.lock();
        try {
            requireDatabase(table.name().database());
            if (find(table.name()).isPresent()) {
                return false;
            }
            store.commit(new Batch()
                    .put(
                            space,
                            key(TABLE, table.name().database(), table.name().table()),
                            records.write(table)));
            return true;
        } finally {
            changing.unlock();
        }
    }

    /// @return whether it was there
    public boolean drop(TableName name) throws InterruptedException {
        changing.lock();
        try {
            boolean wasThere = find(name).isPresent();
            var batch = new Batch().delete(space, key(TABLE, name.database(), name.table()));
            deleteAll(batch, PARTITION, name.database(), name.table());
            store.commit(batch);
            return wasThere;
        } finally {
            changing.unlock();
        }
    }

    public boolean hasPartition(TableName table, List<String> values) {
        return space.get(partitionKey(table, values)).isPresent();
    }

    /// Replaces those that have the same values.
    public void add(TableName table, List<Partition> partitions) throws InterruptedException {
        var batch = new Batch();
        for (Partition partition : partitions) {
            batch.put(space, partitionKey(table, partition.values()), TableRecord.write(partition));
        }
        store.commit(batch);
    }

    public void dropPartition(TableName table, List<String> values) throws InterruptedException {
        store.commit(new Batch().delete(space, partitionKey(table, values)));
    }

    private void requireDatabase(String database) throws QueryFailed {
        if (!hasDatabase(database)) {
            throw failed("SemanticException [Error 10072]: Database does not exist: " + database);
        }
    }

    /// How Hive says it.
    public static QueryFailed failed(String message) {
        return new QueryFailed("FAILED", message);
    }

    private void deleteAll(Batch batch, String... parts) {
        byte[][] range = range(parts);
        batch.deleteRange(space, range[0], range[1]);
    }

    private List<byte[][]> entries(int max, String... parts) {
        var entries = new ArrayList<byte[][]>();
        byte[][] range = range(parts);
        try (Space.Scan scan = space.scan(range[0], range[1], Space.Direction.FORWARD)) {
            while (entries.size() < max && scan.next()) {
                entries.add(new byte[][] {scan.key(), scan.value()});
            }
        }
        return entries;
    }

    private static byte[] partitionKey(TableName table, List<String> values) {
        var parts = new ArrayList<>(List.of(PARTITION, table.database(), table.table()));
        parts.addAll(values);
        return key(parts.toArray(String[]::new));
    }

    /// Parts are separated by a byte that sorts before every character of a name.
    private static byte[] key(String... parts) {
        return String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
    }

    /// All keys that begin with these parts and have more.
    private static byte[][] range(String... parts) {
        String start = String.join("\0", parts);
        return new byte[][] {
            (start + "\0").getBytes(StandardCharsets.UTF_8),
            (start + "\1").getBytes(StandardCharsets.UTF_8)
        };
    }

    private static String lastPart(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        return text.substring(text.lastIndexOf('\0') + 1);
    }
}
