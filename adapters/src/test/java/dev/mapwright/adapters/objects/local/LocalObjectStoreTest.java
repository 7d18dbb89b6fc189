package dev.mapwright.adapters.objects.local;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.testkit.contract.ObjectStoreContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;

class LocalObjectStoreTest extends ObjectStoreContract {
    @TempDir
    Path folder;

    private KeyValueStore store;
    private ObjectStore objects;

    @BeforeEach
    void open() throws Exception {
        store = KeyValueStore.open(folder.resolve("store"), Durability.OS);
        LocalS3 s3 = LocalS3.open(
                store, folder.resolve("bodies"), Durability.OS, InstantSource.system());
        s3.buckets().create(BUCKET, "us-east-1");
        objects = new LocalObjectStore(s3);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected ObjectStore objects() {
        return objects;
    }
}
