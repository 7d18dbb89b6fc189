package dev.mapwright.adapters.keyvalue;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

import java.util.Optional;

/// One column family.
final class RocksSpace implements Space {
    private final RocksDB database;
    private final ColumnFamilyHandle family;
    private final Readers readers;

    RocksSpace(RocksDB database, ColumnFamilyHandle family, Readers readers) {
        this.database = database;
        this.family = family;
        this.readers = readers;
    }

    ColumnFamilyHandle family() {
        return family;
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        readers.enter();
        try {
            return Optional.ofNullable(database.get(family, key));
        } catch (RocksDBException e) {
            throw unreadable(e);
        } finally {
            readers.leave();
        }
    }

    @Override
    public Scan scan(byte[] from, byte[] to, Direction direction) {
        readers.enter();
        return new RocksScan(from, to, direction);
    }

    private IllegalStateException unreadable(RocksDBException reason) {
        return new IllegalStateException(
                "Reading from %s failed: %s.".formatted(database.getName(), reason.getMessage()),
                reason);
    }

    private final class RocksScan implements Scan {
        private final Slice lower;
        private final Slice upper;
        private final ReadOptions options;
        private final RocksIterator entries;
        private final Direction direction;
        private boolean started;
        private boolean closed;

        RocksScan(byte[] from, byte[] to, Direction direction) {
            this.direction = direction;
            this.lower = new Slice(from);
            this.upper = new Slice(to);
            this.options = new ReadOptions().setIterateLowerBound(lower);
            if (to.length > 0) {
                options.setIterateUpperBound(upper);
            }
            this.entries = database.newIterator(family, options);
        }

        @Override
        public boolean next() {
            if (!started) {
                started = true;
                first();
            } else if (entries.isValid()) {
                advance();
            }
            if (entries.isValid()) {
                return true;
            }
            try {
                entries.status();
                return false;
            } catch (RocksDBException e) {
                throw unreadable(e);
            }
        }

        private void first() {
            switch (direction) {
                case FORWARD -> entries.seekToFirst();
                case REVERSE -> entries.seekToLast();
            }
        }

        private void advance() {
            switch (direction) {
                case FORWARD -> entries.next();
                case REVERSE -> entries.prev();
            }
        }

        @Override
        public byte[] key() {
            return entries.key();
        }

        @Override
        public byte[] value() {
            return entries.value();
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            entries.close();
            options.close();
            lower.close();
            upper.close();
            readers.leave();
        }
    }
}
