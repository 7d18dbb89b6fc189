package dev.mapwright.benchmarks;

import dev.mapwright.adapters.items.ItemReaderTable;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.objects.local.LocalObjectStore;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.asl.json.Json;
import dev.mapwright.benchmarks.Meter.Span;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ObjectStore;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// The built-in S3 with a bucket for datasets, and the product's readers over it, without an engine
/// behind them.
final class Datasets implements AutoCloseable {
    static final String BUCKET = "datasets";

    private static final String ACCOUNT = "123456789012";
    private static final String REGION = "us-east-1";

    private final KeyValueStore store;
    private final ObjectStore objects;
    private final ItemReaderTable readers;

    private Datasets(KeyValueStore store, ObjectStore objects) {
        this.store = store;
        this.objects = objects;
        this.readers = new ItemReaderTable(objects, ACCOUNT);
    }

    static Datasets open(Path folder) throws Exception {
        var store = KeyValueStore.open(folder.resolve("store"), Durability.OS);
        var s3 = LocalS3.open(
                store, folder.resolve("objects"), Durability.OS, InstantSource.system());
        s3.buckets().create(BUCKET, REGION);
        return new Datasets(store, new LocalObjectStore(s3));
    }

    ObjectStore objects() {
        return objects;
    }

    static Dataset.Read object(String key, Map<String, String> config) {
        return new Dataset.Read(
                "s3:getObject", Json.of(Map.of("Bucket", BUCKET, "Key", key)), Json.of(config), 0);
    }

    static Dataset.Read listing(String prefix, Map<String, String> config) {
        return new Dataset.Read(
                "s3:listObjectsV2",
                Json.of(Map.of("Bucket", BUCKET, "Prefix", prefix)),
                Json.of(config),
                0);
    }

    /// What one reading of a dataset came to.
    ///
    /// @param resumed how long it took, from a position behind nine tenths of the items, to the
    ///     item there
    /// @param liveMebibytes the most that a full collection left on the way
    record Reading(Span span, Span resumed, double liveMebibytes) {}

    /// Reads all items as a map run does: with the position behind each.
    ///
    /// @param items that the dataset must have
    /// @param looks how often reading stops for a full collection, which takes its time
    Reading read(Dataset.Read dataset, long items, int looks) throws Exception {
        long lookEvery = looks == 0 ? Long.MAX_VALUE : Math.max(1, items / looks);
        long nineTenths = items / 10 * 9;
        var seen = new Object() {
            private double live;
            private String position = "";
        };
        Span span = Meter.time(() -> {
            try (ItemSource source = open(dataset, Optional.empty())) {
                for (long i = 0; i < items; i++) {
                    expect(source, i);
                    String position = source.position();
                    if (i == nineTenths) {
                        seen.position = position;
                    }
                    if ((i + 1) % lookEvery == 0) {
                        seen.live = Math.max(seen.live, Meter.heapMebibytes());
                    }
                }
                if (source.next().isPresent()) {
                    throw new IllegalStateException("there are more items than " + items);
                }
            }
        });
        Span resumed = Meter.time(() -> {
            try (ItemSource source = open(dataset, Optional.of(seen.position))) {
                expect(source, nineTenths + 1);
            }
        });
        return new Reading(span, resumed, seen.live);
    }

    private ItemSource open(Dataset.Read dataset, Optional<String> position) throws Exception {
        return readers.find(dataset).open(dataset, position);
    }

    private static void expect(ItemSource source, long index) throws Exception {
        var item = source.next();
        if (item.isEmpty() || item.get().index() != index) {
            throw new IllegalStateException("expected item %d, found %s".formatted(index, item));
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
