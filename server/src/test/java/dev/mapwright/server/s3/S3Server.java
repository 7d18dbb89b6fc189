package dev.mapwright.server.s3;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.server.http.Endpoint;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/// An S3 of its own on a free port, for tests.
record S3Server(KeyValueStore store, LocalS3 s3, Endpoint endpoint) implements AutoCloseable {
    static final String ACCOUNT = "123456789012";

    static S3Server start(Path folder) throws Exception {
        KeyValueStore store = KeyValueStore.open(folder.resolve("store"), Durability.OS);
        LocalS3 s3 = LocalS3.open(
                store, folder.resolve("bodies"), Durability.OS, InstantSource.system());
        S3Handler handler = new S3Handler(s3, new S3Settings("us-east-1", ACCOUNT));
        return new S3Server(store, s3, Endpoint.open("127.0.0.1", 0, handler));
    }

    URI uri() {
        return endpoint.uri();
    }

    @Override
    public void close() {
        endpoint.close();
        store.close();
    }
}
