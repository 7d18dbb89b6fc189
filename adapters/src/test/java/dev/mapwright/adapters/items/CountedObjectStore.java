package dev.mapwright.adapters.items;

import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.store.Page;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Counts what is read of another store.
class CountedObjectStore implements ObjectStore {
    private final ObjectStore objects;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger pages = new AtomicInteger();

    CountedObjectStore(ObjectStore objects) {
        this.objects = objects;
    }

    /// Since this was asked last.
    long bytesRead() {
        return bytes.getAndSet(0);
    }

    /// Since this was asked last.
    int pagesListed() {
        return pages.getAndSet(0);
    }

    @Override
    public Stored head(String bucket, String key, Optional<String> versionId)
            throws ObjectFailed, InterruptedException {
        return objects.head(bucket, key, versionId);
    }

    @Override
    public InputStream read(
            String bucket,
            String key,
            Optional<String> versionId,
            long fromByte,
            Optional<String> ifMatch)
            throws ObjectFailed, InterruptedException {
        return new FilterInputStream(objects.read(bucket, key, versionId, fromByte, ifMatch)) {
            @Override
            public int read() throws IOException {
                bytes.incrementAndGet();
                return super.read();
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int count = super.read(into, from, length);
                bytes.addAndGet(Math.max(count, 0));
                return count;
            }
        };
    }

    @Override
    public Page<Stored> list(String bucket, String prefix, Optional<String> pageToken)
            throws ObjectFailed, InterruptedException {
        pages.incrementAndGet();
        return objects.list(bucket, prefix, pageToken);
    }

    @Override
    public void put(String bucket, String key, String contentType, byte[] content) {
        throw written();
    }

    @Override
    public String beginUpload(String bucket, String key, String contentType) {
        throw written();
    }

    @Override
    public String uploadPart(
            String bucket, String key, String uploadId, int number, byte[] content) {
        throw written();
    }

    @Override
    public void completeUpload(String bucket, String key, String uploadId, List<String> etags) {
        throw written();
    }

    @Override
    public void abortUpload(String bucket, String key, String uploadId) {
        throw written();
    }

    private static AssertionError written() {
        return new AssertionError("Readers write nothing");
    }
}
