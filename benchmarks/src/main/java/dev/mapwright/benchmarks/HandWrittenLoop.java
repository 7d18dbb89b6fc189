package dev.mapwright.benchmarks;

import com.dashjoin.jsonata.Jsonata;

import dev.mapwright.adapters.items.ItemReaderTable;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.objects.local.LocalObjectStore;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.adapters.tables.local.Account;
import dev.mapwright.adapters.tables.local.Tables;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Item;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// What one would write without an engine: the same reader, the same JSON, the same table, the same
/// kind of result file, in one loop, and nothing that would survive a crash.
final class HandWrittenLoop implements AutoCloseable {
    private static final int PART_BYTES = 5 * 1024 * 1024;
    private static final String ACCOUNT = "123456789012";
    private static final String REGION = "us-east-1";

    private final KeyValueStore data;
    private final LocalObjectStore objects;
    private final Tables tables;
    private final Jsonata expression = Jsonata.jsonata(
            "{'id': orderNumber & '-' & orderDate, 'gross': $number(totalPrice) * 1.19}");

    HandWrittenLoop(Path folder, Durability durability, Path items) throws Exception {
        data = KeyValueStore.open(folder.resolve("store"), durability);
        var s3 = LocalS3.open(data, folder.resolve("objects"), durability, InstantSource.system());
        s3.buckets().create("orders-in", REGION);
        s3.buckets().create("orders-out", REGION);
        objects = new LocalObjectStore(s3);
        objects.put("orders-in", "orders/orders.csv", "text/csv", Files.readAllBytes(items));
        tables = new Tables(data, new Account(REGION, ACCOUNT), InstantSource.system());
        tables.call("CreateTable", Table.DEFINITION);
    }

    /// Reads all items, treats each, and writes all results.
    void run(Processor processor, ResultForm form) throws Exception {
        var read = new Dataset.Read(
                "s3:getObject",
                Json.parse("{\"Bucket\":\"orders-in\",\"Key\":\"orders/orders.csv\"}"),
                Json.parse("{\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"FIRST_ROW\"}"),
                0);
        try (var source = new ItemReaderTable(objects, ACCOUNT)
                        .find(read)
                        .open(read, Optional.empty());
                var puts = new Puts();
                var results = new Results()) {
            for (var item = source.next(); item.isPresent(); item = source.next()) {
                results.add(form.entry(item.get(), treat(processor, item.get(), puts)));
            }
        }
    }

    private String treat(Processor processor, Item item, Puts puts) throws Exception {
        return switch (processor) {
            case PASS -> item.value().text();
            case JSONATA -> Json.of(expression.evaluate(item.value().value())).text();
            case PUT_ITEM, ORDERS -> {
                puts.put((Map<?, ?>) item.value().value());
                yield "{\"ok\":true}";
            }
        };
    }

    @Override
    public void close() {
        data.close();
    }

    /// As many calls at a time as the engine makes.
    private final class Puts implements AutoCloseable {
        private final Semaphore places = new Semaphore(Processor.CONCURRENCY);

        void put(Map<?, ?> item) throws InterruptedException {
            places.acquire();
            Thread.ofVirtual().start(() -> {
                try {
                    tables.call("PutItem", Table.put(item));
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                } finally {
                    places.release();
                }
            });
        }

        @Override
        public void close() throws InterruptedException {
            places.acquire(Processor.CONCURRENCY);
        }
    }

    /// One JSON array, uploaded in parts.
    private final class Results implements AutoCloseable {
        private static final String KEY = "loop/results.json";

        private final String upload = objects.beginUpload("orders-out", KEY, "application/json");
        private final List<String> parts = new ArrayList<>();
        private final ByteArrayOutputStream open = new ByteArrayOutputStream(PART_BYTES + 1024);
        private char separator = '[';

        Results() throws Exception {}

        void add(byte[] result) throws Exception {
            open.write(separator);
            open.writeBytes(result);
            separator = ',';
            if (open.size() >= PART_BYTES) {
                upload();
            }
        }

        private void upload() throws Exception {
            parts.add(objects.uploadPart(
                    "orders-out", KEY, upload, parts.size() + 1, open.toByteArray()));
            open.reset();
        }

        @Override
        public void close() throws Exception {
            open.write(']');
            upload();
            objects.completeUpload("orders-out", KEY, upload, parts);
        }
    }
}
