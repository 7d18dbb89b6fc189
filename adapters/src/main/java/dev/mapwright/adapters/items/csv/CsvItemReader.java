package dev.mapwright.adapters.items.csv;

import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.adapters.items.object.ObjectReading;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a CSV object, plain or compressed with gzip or zstd: an item per row, whose members are
/// named by the header and all strings. Memory holds one row and a buffer, however large the file.
public final class CsvItemReader implements ItemReader {
    private final ObjectStore objects;
    private final String account;
    private final long bytesMax;

    /// @param account that owns all buckets here
    public CsvItemReader(ObjectStore objects, String account) {
        this(objects, account, Long.MAX_VALUE);
    }

    /// @param bytesMax of a file, decompressed; what an object may have is checked anyway
    public CsvItemReader(ObjectStore objects, String account, long bytesMax) {
        this.objects = objects;
        this.account = account;
        this.bytesMax = bytesMax;
    }

    @Override
    public ItemSource open(Dataset.Read dataset, Optional<String> position)
            throws ReadFailed, InterruptedException {
        var format = CsvFormat.of(dataset);
        var reading = ObjectReading.open(objects, ObjectAddress.of(dataset, account), position);
        if (format.givenHeader().isPresent()) {
            var columns = new Columns(format.givenHeader().get());
            return source(reading, rows(reading, format, reading.start().offset()), columns);
        }
        CsvRows rows = rows(reading, format, 0);
        try {
            var columns = new Columns(header(reading, rows));
            if (reading.start().offset() > rows.offset()) {
                rows.close();
                rows = rows(reading, format, reading.start().offset());
            }
            return source(reading, rows, columns);
        } catch (ReadFailed | InterruptedException | RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private CsvItemSource source(ObjectReading reading, CsvRows rows, Columns columns) {
        return new CsvItemSource(reading, rows, columns, bytesMax);
    }

    private static CsvRows rows(ObjectReading reading, CsvFormat format, long offset)
            throws ReadFailed, InterruptedException {
        var rows = new CsvRows(reading.from(offset), format.delimiter(), offset);
        if (offset == 0) {
            try {
                rows.skipByteOrderMark();
            } catch (IOException e) {
                rows.close();
                throw reading.failed(e);
            }
        }
        return rows;
    }

    private static List<String> header(ObjectReading reading, CsvRows rows)
            throws ReadFailed, InterruptedException {
        var header = new Header();
        try {
            if (!rows.next(header)) {
                throw new ReadFailed("%s is empty: it has no row with CSV headers"
                        .formatted(reading.address().uri()));
            }
        } catch (IOException e) {
            throw reading.failed(e);
        }
        CsvFormat.checkHeaderBytes(rows.rowBytes());
        return header.names;
    }

    private static final class Header implements CsvRows.Fields {
        private final List<String> names = new ArrayList<>();

        @Override
        public void clear() {
            names.clear();
        }

        @Override
        public void add(String name) {
            names.add(name);
        }

        @Override
        public boolean wanted() {
            return true;
        }
    }
}
