package dev.mapwright.adapters.keyvalue;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

import java.util.List;
import java.util.Optional;

/// Rewrites the files that hold what was dropped, so that its room comes back. One compaction at a
/// time, on a thread of its own: a call into RocksDB takes as long as it takes.
final class Compaction {
    private static final System.Logger LOG = System.getLogger(Compaction.class.getName());

    private final RocksDB database;
    private final CompactRangeOptions options =
            new CompactRangeOptions().setExclusiveManualCompaction(false);
    private Optional<Thread> running = Optional.empty();
    private volatile boolean closed;

    Compaction(RocksDB database) {
        this.database = database;
    }

    /// Without effect while one is under way, which will see most of what this one would.
    synchronized void start(List<ColumnFamilyHandle> families) {
        if (!closed && running.filter(Thread::isAlive).isEmpty()) {
            running = Optional.of(Thread.ofPlatform()
                    .name("mapwright-store-compaction")
                    .daemon()
                    .start(() -> families.forEach(this::compact)));
        }
    }

    private void compact(ColumnFamilyHandle family) {
        if (closed) {
            return;
        }
        try {
            database.compactRange(family, null, null, options);
        } catch (RocksDBException e) {
            if (!closed) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Room of dropped data was not given back: {0}. The next sweep tries again.",
                        e.getMessage());
            }
        }
    }

    /// Cuts a compaction short, which loses nothing.
    synchronized void close() {
        closed = true;
        options.setCanceled(true);
        boolean interrupted = false;
        while (running.filter(Thread::isAlive).isPresent()) {
            try {
                running.get().join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        options.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
