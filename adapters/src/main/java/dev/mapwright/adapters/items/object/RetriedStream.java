package dev.mapwright.adapters.items.object;

import dev.mapwright.adapters.items.object.ObjectPosition.Version;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ObjectStore.ObjectFailed;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;

/// One version's bytes. A connection that breaks off is opened again at the byte where it broke: a
/// large dataset takes hours, and few connections last as long.
final class RetriedStream extends InputStream {
    /// Attempts without a byte in between.
    private static final int ATTEMPTS_MAX = 4;

    private final ObjectStore objects;
    private final ObjectAddress address;
    private final Version version;
    private InputStream stream;
    private long offset;
    private int failures;

    RetriedStream(ObjectStore objects, ObjectAddress address, Version version, long offset)
            throws ObjectFailed, InterruptedException {
        this.objects = objects;
        this.address = address;
        this.version = version;
        this.offset = offset;
        this.stream = opened();
    }

    private InputStream opened() throws ObjectFailed, InterruptedException {
        return objects.read(
                address.bucket(),
                address.key(),
                address.versionId(),
                offset,
                Optional.of(version.etag()));
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (true) {
            try {
                int count = stream.read(into, from, length);
                offset += Math.max(count, 0);
                failures = 0;
                return count;
            } catch (ObjectFailed | InterruptedIOException | ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                reopen(e);
            }
        }
    }

    private void reopen(IOException reason) throws IOException {
        failures++;
        if (failures == ATTEMPTS_MAX) {
            throw reason;
        }
        stream.close();
        try {
            stream = opened();
        } catch (InterruptedException e) {
            var interrupted = new InterruptedIOException("while reopening " + address.uri());
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /// More than nothing, always: a gzip stream takes 0 for the end and would drop the members that
    /// follow the first one.
    @Override
    public int available() {
        return 1;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
