package dev.mapwright.adapters.keyvalue;

import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/// RocksDB's options for a small server: two cores, a heap of 512 MB, and as little native memory
/// as keeps writing steady. All spaces share one block cache and one budget of memtables.
final class RocksSettings implements AutoCloseable {
    private static final long MIB = 1024 * 1024;

    /// Data, index and filter blocks of all spaces together.
    private static final long BLOCK_CACHE_BYTES = 64 * MIB;

    /// Parts of the cache, by their logarithm. What does not fit into a part is read and
    /// decompressed each time that it is needed; RocksDB's own choice is 64 parts.
    private static final int BLOCK_CACHE_SHARD_BITS = 2;

    private static final int DATA_BLOCK_BYTES = 16 * 1024;

    /// Of an index or a filter.
    private static final int METADATA_BLOCK_BYTES = 16 * 1024;

    private static final long MEMTABLE_BYTES = 16 * MIB;
    private static final long MEMTABLES_BYTES_MAX = 96 * MIB;

    /// Beyond this, the space with the oldest unflushed entry is flushed. Bounds the time to open
    /// after a kill.
    private static final long WAL_BYTES_MAX = 256 * MIB;

    private static final int BACKGROUND_JOBS = 2;
    private static final int OPEN_FILES_MAX = 512;
    private static final double FILTER_BITS_PER_KEY = 10;

    private final Cache cache = new LRUCache(BLOCK_CACHE_BYTES, BLOCK_CACHE_SHARD_BITS);
    private final BloomFilter filter = new BloomFilter(FILTER_BITS_PER_KEY, false);
    final DBOptions database;
    final ColumnFamilyOptions space;
    final WriteOptions write;

    RocksSettings(Durability durability) {
        database = new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                // A torn tail is what a kill leaves behind. Damage anywhere else is refused, never
                // skipped.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setMaxTotalWalSize(WAL_BYTES_MAX)
                .setDbWriteBufferSize(MEMTABLES_BYTES_MAX)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setMaxOpenFiles(OPEN_FILES_MAX)
                .setBytesPerSync(MIB)
                // There is one writer, so what makes room for several only costs.
                .setAllowConcurrentMemtableWrite(false)
                .setEnableWriteThreadAdaptiveYield(false)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(4 * MIB)
                .setKeepLogFileNum(3);
        space = new ColumnFamilyOptions()
                .setWriteBufferSize(MEMTABLE_BYTES)
                .setMaxWriteBufferNumber(3)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(DATA_BLOCK_BYTES)
                        // A file of items that compress well has an index of megabytes, of which
                        // a lookup needs one entry.
                        .setIndexType(IndexType.kTwoLevelIndexSearch)
                        .setPartitionFilters(true)
                        .setMetadataBlockSize(METADATA_BLOCK_BYTES)
                        .setPinTopLevelIndexAndFilter(true)
                        .setFilterPolicy(filter)
                        .setWholeKeyFiltering(true)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setFormatVersion(5));
        write = new WriteOptions()
                .setSync(
                        switch (durability) {
                            case FSYNC -> true;
                            case OS -> false;
                        });
    }

    @Override
    public void close() {
        write.close();
        space.close();
        database.close();
        filter.close();
        cache.close();
    }
}
