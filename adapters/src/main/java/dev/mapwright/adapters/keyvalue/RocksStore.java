package dev.mapwright.adapters.keyvalue;

import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.store.StoreFailed;

import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// RocksDB, with one column family per space.
final class RocksStore implements KeyValueStore {
    private static final System.Logger LOG = System.getLogger(RocksStore.class.getName());

    private final DataFolder folder;
    private final RocksSettings settings;
    private final RocksDB database;
    private final Map<String, RocksSpace> spaces = new ConcurrentHashMap<>();
    private final Readers readers = new Readers();
    private final GroupCommit commits;
    private final Compaction compaction;

    static RocksStore open(Path path, Durability durability) throws StoreUnavailable {
        DataFolder folder = DataFolder.claim(path);
        RocksDB.loadLibrary();
        var settings = new RocksSettings(durability);
        try {
            return new RocksStore(folder, settings);
        } catch (RocksDBException e) {
            settings.close();
            throw unavailable(folder, e);
        }
    }

    private RocksStore(DataFolder folder, RocksSettings settings) throws RocksDBException {
        this.folder = folder;
        this.settings = settings;
        var descriptors = new ArrayList<ColumnFamilyDescriptor>();
        for (byte[] name : existing(folder)) {
            descriptors.add(new ColumnFamilyDescriptor(name, settings.space));
        }
        var handles = new ArrayList<ColumnFamilyHandle>();
        this.database =
                RocksDB.open(settings.database, folder.database().toString(), descriptors, handles);
        for (int i = 0; i < handles.size(); i++) {
            String name = new String(descriptors.get(i).getName(), StandardCharsets.UTF_8);
            spaces.put(name, new RocksSpace(database, handles.get(i), readers));
        }
        this.commits = new GroupCommit(this::write);
        this.compaction = new Compaction(database);
    }

    /// RocksDB wants every column family named when it opens, and there is always the one called
    /// `default`.
    private static List<byte[]> existing(DataFolder folder) throws RocksDBException {
        if (!Files.exists(folder.database().resolve("CURRENT"))) {
            return List.of(RocksDB.DEFAULT_COLUMN_FAMILY);
        }
        try (var options = new Options()) {
            return RocksDB.listColumnFamilies(options, folder.database().toString());
        }
    }

    private static StoreUnavailable unavailable(DataFolder folder, RocksDBException reason) {
        String said = String.valueOf(reason.getMessage());
        if (said.contains("LOCK")) {
            return new StoreUnavailable(
                    ("The data folder %s is in use by another process (%s). "
                                    + "Stop that process, or choose another folder.")
                            .formatted(folder.path(), said),
                    reason);
        }
        if (reason.getStatus() != null && reason.getStatus().getCode() == Status.Code.Corruption) {
            return new StoreUnavailable(
                    ("The data in %s is damaged (%s). Nothing was changed or skipped. "
                                    + "Restore the folder from a copy, or choose another one.")
                            .formatted(folder.path(), said),
                    reason);
        }
        return new StoreUnavailable(
                "The data folder %s cannot be opened: %s.".formatted(folder.path(), said), reason);
    }

    @Override
    public Space space(String name) {
        return spaces.computeIfAbsent(name, this::create);
    }

    private RocksSpace create(String name) {
        try {
            var descriptor = new ColumnFamilyDescriptor(
                    name.getBytes(StandardCharsets.UTF_8), settings.space);
            return new RocksSpace(database, database.createColumnFamily(descriptor), readers);
        } catch (RocksDBException e) {
            var failed = new StoreFailed(
                    "The space %s could not be made in %s: %s. Make sure that its disk works and has room."
                            .formatted(name, folder.path(), e.getMessage()),
                    e);
            LOG.log(System.Logger.Level.ERROR, failed.getMessage());
            throw failed;
        }
    }

    @Override
    public Receipt write(Batch batch) {
        return commits.write(batch);
    }

    private void write(List<Batch> group) {
        try (var all = new WriteBatch()) {
            for (Batch batch : group) {
                for (Batch.Step step : batch.steps()) {
                    add(step, all);
                }
            }
            if (all.count() > 0) {
                database.write(settings.write, all);
            }
        } catch (RocksDBException e) {
            throw new StoreFailed(
                    ("A write to the data folder %s failed: %s. Nothing is written any more. "
                                    + "Make sure that its disk works and has room, then start again.")
                            .formatted(folder.path(), e.getMessage()),
                    e);
        }
    }

    private static void add(Batch.Step step, WriteBatch all) throws RocksDBException {
        ColumnFamilyHandle family = ((RocksSpace) step.space()).family();
        switch (step) {
            case Batch.Step.Put put -> all.put(family, put.key(), put.value());
            case Batch.Step.Delete delete -> all.delete(family, delete.key());
            case Batch.Step.DeleteRange range -> all.deleteRange(family, range.from(), range.to());
        }
    }

    @Override
    public void compact() {
        compaction.start(spaces.values().stream().map(RocksSpace::family).toList());
    }

    @Override
    public void close() {
        compaction.close();
        commits.close();
        if (!readers.end()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A scan of {0} was still open after {1} s: its files are left to the end of the process.",
                    folder.path(),
                    Readers.END_SECONDS_MAX);
            return;
        }
        spaces.values().forEach(space -> space.family().close());
        database.close();
        settings.close();
    }
}
