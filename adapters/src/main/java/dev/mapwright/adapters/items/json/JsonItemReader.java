package dev.mapwright.adapters.items.json;

import dev.mapwright.adapters.items.object.ItemBytes;
import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.adapters.items.object.ObjectReading;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Map;
import java.util.Optional;

/// Reads a JSON document, plain or compressed with gzip or zstd: an item per element of an array or
/// per member of an object, which is the whole document or what `ItemsPointer` points to. Memory
/// holds one item, however large the document.
///
/// What stands outside of the items is not checked beyond brackets and strings, and nothing behind
/// them is read when there is an `ItemsPointer`. Of members with the same name the first one counts
/// on the way there.
public final class JsonItemReader implements ItemReader {
    private final ObjectStore objects;
    private final String account;

    /// @param account that owns all buckets here
    public JsonItemReader(ObjectStore objects, String account) {
        this.objects = objects;
        this.account = account;
    }

    @Override
    public ItemSource open(Dataset.Read dataset, Optional<String> position)
            throws ReadFailed, InterruptedException {
        Pointer pointer = pointer(dataset);
        var reading = ObjectReading.open(objects, ObjectAddress.of(dataset, account), position);
        long offset = reading.start().offset();
        var source = new JsonItemSource(
                reading, new JsonScanner(new ItemBytes(reading.from(offset), offset)), pointer);
        try {
            source.find();
            return source;
        } catch (ReadFailed | InterruptedException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static Pointer pointer(Dataset.Read dataset) throws ReadFailed {
        if (!(dataset.config().value() instanceof Map<?, ?> config)) {
            throw new ReadFailed(
                    "The ReaderConfig must be an object, but was: " + dataset.config());
        }
        return switch (config.get("ItemsPointer")) {
            case null -> Pointer.WHOLE_DOCUMENT;
            case String text -> Pointer.parse(text);
            case Object other ->
                throw new ReadFailed("ItemsPointer must be a string, but was " + other);
        };
    }
}
