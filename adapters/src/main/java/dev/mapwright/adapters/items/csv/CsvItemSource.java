package dev.mapwright.adapters.items.csv;

import dev.mapwright.adapters.items.object.ObjectReading;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.IOException;
import java.util.Optional;

/// The rows of one file, from the row where it was opened.
final class CsvItemSource implements ItemSource {
    private final ObjectReading reading;
    private final CsvRows rows;
    private final Columns.Row row;
    private final String uri;
    private final long bytesMax;
    private long index;
    private long offset;

    /// @param bytesMax of the file, decompressed
    CsvItemSource(ObjectReading reading, CsvRows rows, Columns columns, long bytesMax) {
        this.reading = reading;
        this.rows = rows;
        this.row = columns.new Row();
        this.uri = reading.address().uri();
        this.bytesMax = bytesMax;
        this.index = reading.start().item();
        this.offset = rows.offset();
    }

    @Override
    public Optional<Item> next() throws ReadFailed, InterruptedException {
        if (!readRow()) {
            return end();
        }
        offset = rows.offset();
        if (offset > bytesMax) {
            throw new ReadFailed("%s has more than %d bytes when it is decompressed, the maximum"
                    .formatted(uri, bytesMax));
        }
        return Optional.of(new Item(index++, Optional.empty(), row.take(), uri));
    }

    private boolean readRow() throws ReadFailed, InterruptedException {
        try {
            return rows.next(row);
        } catch (ReadFailed e) {
            throw new ReadFailed("%s, %s".formatted(uri, e.getMessage()), e);
        } catch (IOException e) {
            throw reading.failed(e);
        }
    }

    private Optional<Item> end() throws ReadFailed {
        if (index == 0 && offset > 0) {
            throw new ReadFailed("%s contains only CSV headers, and no row".formatted(uri));
        }
        return Optional.empty();
    }

    @Override
    public String position() {
        return reading.position(index, offset, 0);
    }

    @Override
    public void close() {
        rows.close();
    }
}
