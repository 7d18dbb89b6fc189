package dev.mapwright.adapters.delivery;

import dev.mapwright.engine.maprun.ObjectStore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes one object, in parts once it is larger than one. It is there when this has been closed,
/// and nothing is there if it was aborted.
final class ObjectOutput extends OutputStream {
    private static final int PART_BYTES = 8 * 1024 * 1024;
    private static final String CONTENT_TYPE = "application/octet-stream";

    private final ObjectStore objects;
    private final String bucket;
    private final String key;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private final List<String> etags = new ArrayList<>();
    private Optional<String> upload = Optional.empty();
    private boolean ended;

    ObjectOutput(ObjectStore objects, String bucket, String key) {
        this.objects = objects;
        this.bucket = bucket;
        this.key = key;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        part.write(bytes, from, length);
        if (part.size() >= PART_BYTES) {
            interruptibly(this::sendPart);
        }
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        interruptibly(() -> {
            if (upload.isEmpty()) {
                objects.put(bucket, key, CONTENT_TYPE, part.toByteArray());
                return;
            }
            if (part.size() > 0) {
                sendPart();
            }
            objects.completeUpload(bucket, key, upload.get(), List.copyOf(etags));
        });
    }

    void abort() throws IOException, InterruptedException {
        ended = true;
        if (upload.isPresent()) {
            objects.abortUpload(bucket, key, upload.get());
        }
    }

    private void sendPart() throws IOException, InterruptedException {
        if (upload.isEmpty()) {
            upload = Optional.of(objects.beginUpload(bucket, key, CONTENT_TYPE));
        }
        etags.add(objects.uploadPart(
                bucket, key, upload.get(), etags.size() + 1, part.toByteArray()));
        part.reset();
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private static void interruptibly(Step step) throws IOException {
        try {
            step.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while an object was written");
        }
    }
}
