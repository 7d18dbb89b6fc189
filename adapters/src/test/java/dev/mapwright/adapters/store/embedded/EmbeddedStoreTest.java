package dev.mapwright.adapters.store.embedded;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.engine.store.Store;
import dev.mapwright.testkit.contract.StoreContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class EmbeddedStoreTest extends StoreContract {
    @TempDir
    Path folder;

    private final List<KeyValueStore> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(KeyValueStore::close);
    }

    @Override
    protected Store emptyStore() throws Exception {
        return open(folder.resolve("alive"));
    }

    /// A copy of the files of a store that is still open is what SIGKILL leaves.
    @Override
    protected Store afterKill(Store store) throws Exception {
        Path alive = folder.resolve("alive");
        Path copy = folder.resolve("copy");
        try (var files = Files.walk(alive)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(alive.relativize(file).toString()));
            }
        }
        return open(copy);
    }

    private Store open(Path path) throws Exception {
        KeyValueStore keyValues = KeyValueStore.open(path, Durability.OS);
        opened.add(keyValues);
        return new EmbeddedStore(keyValues);
    }
}
