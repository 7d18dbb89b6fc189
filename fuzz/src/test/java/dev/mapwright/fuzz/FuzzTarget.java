package dev.mapwright.fuzz;

import dev.mapwright.adapters.items.ItemReaderTable;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemReaders;
import dev.mapwright.testkit.objects.MemoryObjectStore;

import org.junit.jupiter.api.Test;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A reader under any content. The tests try a few hundred mutations of good contents, the same
/// ones each time; the fuzz test that each target adds runs on demand, for as long as one likes.
public abstract class FuzzTarget {
    static final String BUCKET = "b";

    private final MemoryObjectStore objects = new MemoryObjectStore().withBucket(BUCKET);
    private final ItemReaders readers = new ItemReaderTable(objects, "1");

    /// Good contents, small and with something of everything.
    protected abstract List<byte[]> contents() throws Exception;

    protected abstract void read(byte[] content) throws Exception;

    @Test
    void bearsMutations() throws Exception {
        for (byte[] content : contents()) {
            read(content);
            Mutations.tryAll(content, this::read);
        }
    }

    /// The fuzzer writes what breaks a reader to the test resources: there it stays when the reader
    /// is mended.
    @Test
    void bearsWhatWasFound() throws Exception {
        URL folder = getClass().getResource(getClass().getSimpleName() + "Inputs");
        if (folder != null) {
            try (var found = Files.walk(Path.of(folder.toURI()))) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    read(Files.readAllBytes(file));
                }
            }
        }
    }

    protected MemoryObjectStore objects() {
        return objects;
    }

    protected void put(String key, byte[] content) throws Exception {
        objects.put(BUCKET, key, "", content);
    }

    void checkObject(String key, Map<String, ?> config) {
        check(new Dataset.Read(
                "s3:getObject", Json.of(Map.of("Bucket", BUCKET, "Key", key)), Json.of(config), 0));
    }

    void check(Dataset.Read dataset) {
        check(position -> readers.find(dataset).open(dataset, position));
    }

    protected static void check(AnyContent.Opening opening) {
        AnyContent.check(opening);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
