package dev.mapwright.adapters.items.jsonlines;

import dev.mapwright.adapters.items.object.ItemBytes;
import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.adapters.items.object.ObjectReading;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.IOException;
import java.util.Optional;

/// Reads a JSON Lines object, plain or compressed with gzip or zstd: an item per line, which may be
/// any JSON value; blank lines are skipped. Memory holds one line, however large the file.
public final class JsonLinesItemReader implements ItemReader {
    private final ObjectStore objects;
    private final String account;

    /// @param account that owns all buckets here
    public JsonLinesItemReader(ObjectStore objects, String account) {
        this.objects = objects;
        this.account = account;
    }

    @Override
    public ItemSource open(Dataset.Read dataset, Optional<String> position)
            throws ReadFailed, InterruptedException {
        var reading = ObjectReading.open(objects, ObjectAddress.of(dataset, account), position);
        long offset = reading.start().offset();
        var bytes = new ItemBytes(reading.from(offset), offset);
        try {
            if (offset == 0) {
                bytes.skipByteOrderMark();
            }
            return new JsonLinesItemSource(reading, bytes);
        } catch (IOException e) {
            bytes.close();
            throw reading.failed(e);
        }
    }
}
