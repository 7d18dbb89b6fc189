package dev.mapwright.server.s3;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.objects.s3.S3ObjectStore;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.testkit.contract.ObjectStoreContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Optional;

/// Readers and result files of an S3 elsewhere: here, of our own one over HTTP.
class S3ObjectStoreTest extends ObjectStoreContract {
    @TempDir
    Path folder;

    private S3Server server;
    private S3ObjectStore objects;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start(folder);
        server.s3().buckets().create(BUCKET, "us-east-1");
        objects = new S3ObjectStore(new Address.Endpoint(
                server.uri(),
                "us-east-1",
                Optional.of(new Address.Keys("test", "test", Optional.empty()))));
    }

    @AfterEach
    void stop() {
        objects.close();
        server.close();
    }

    @Override
    protected ObjectStore objects() {
        return objects;
    }
}
