package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.sql.Queries.Submission;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.engine.maprun.ObjectStore.Stored;
import dev.mapwright.engine.store.Page;
import dev.mapwright.testkit.objects.MemoryObjectStore;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Queries over objects in memory: bucket `data`, results below `s3://results/athena/`.
final class Athena implements AutoCloseable {
    static final String RESULTS = "s3://results/athena";

    final MemoryObjectStore objects = new MemoryObjectStore();
    private final Path folder;
    private KeyValueStore store;
    Queries queries;

    Athena(Path folder) throws Exception {
        this.folder = folder;
        objects.withBucket("data");
        objects.withBucket("results");
        open();
    }

    void open() throws Exception {
        store = KeyValueStore.open(folder.resolve("store"), KeyValueStore.Durability.OS);
        queries = new Queries(
                store,
                objects,
                new SystemWorld(),
                new Queries.Settings(folder.resolve("athena"), 2, 128));
    }

    @Override
    public void close() {
        queries.close();
        store.close();
    }

    void put(String key, String text) throws Exception {
        objects.put("data", key, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    List<String> keys(String bucket, String prefix) throws Exception {
        Page<Stored> page = objects.list(bucket, prefix, Optional.empty());
        return page.items().stream().map(Stored::key).toList();
    }

    byte[] bytes(String bucket, String key) throws Exception {
        try (InputStream in = objects.read(bucket, key, Optional.empty(), 0, Optional.empty())) {
            return in.readAllBytes();
        }
    }

    String text(String bucket, String key) throws Exception {
        return new String(bytes(bucket, key), StandardCharsets.UTF_8);
    }

    String unzipped(String bucket, String key) throws Exception {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes(bucket, key)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    String start(String query, String... parameters) throws Exception {
        return queries.start(new Submission(
                query,
                WorkGroup.PRIMARY,
                Optional.empty(),
                Optional.of(RESULTS),
                List.of(parameters),
                Optional.empty()));
    }

    QueryExecution ended(String id) throws Exception {
        while (!queries.get(id).progress().state().isEnd()) {
            Thread.sleep(5);
        }
        return queries.get(id);
    }

    QueryExecution run(String query, String... parameters) throws Exception {
        return ended(start(query, parameters));
    }

    /// The object that a successful query left.
    String result(String query, String... parameters) throws Exception {
        QueryExecution execution = run(query, parameters);
        if (execution.progress().state() != QueryExecution.State.SUCCEEDED) {
            throw new AssertionError(execution.progress().reason().orElse(""));
        }
        return text(execution.output().bucket(), execution.output().key());
    }

    String failure(String query) throws Exception {
        return run(query).progress().reason().orElse("it succeeded");
    }
}
