package dev.mapwright.adapters.keyvalue;

import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.store.StoreFailed;

import java.nio.file.Path;

/// Ordered maps from bytes to bytes in one data folder, written by one group-committing writer.
/// Everything built in (executions, objects, tables) keeps its data here, in spaces of its own.
public interface KeyValueStore extends AutoCloseable {
    /// How far a write has gone when its receipt says so.
    enum Durability {
        /// On the disk (fdatasync): survives a power cut.
        FSYNC,
        /// With the operating system: survives SIGKILL of the process.
        OS
    }

    /// Opens or creates. One process at a time: a second one is refused with a message that names
    /// the folder.
    static KeyValueStore open(Path folder, Durability durability) throws StoreUnavailable {
        return RocksStore.open(folder, durability);
    }

    /// The space of this name, made on first use. Names are constants of the code, a handful in
    /// all.
    Space space(String name);

    /// Hands a batch in; it becomes visible to readers and durable as a whole, after all batches
    /// before it. Waits while the writer's queue is full. An empty batch is durable once all before
    /// it are.
    ///
    /// @throws StoreFailed once a write has failed
    Receipt write(Batch batch);

    /// Writes and waits.
    default void commit(Batch batch) throws InterruptedException {
        write(batch).await();
    }

    /// Has the room of what was deleted given back to the file system, in the background. Without
    /// effect while that is under way.
    void compact();

    /// Writes what was handed in, then lets go of the folder. Scans should be closed before.
    @Override
    void close();
}
