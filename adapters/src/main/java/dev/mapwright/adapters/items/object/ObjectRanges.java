package dev.mapwright.adapters.items.object;

import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ObjectStore.ObjectFailed;
import dev.mapwright.engine.maprun.ObjectStore.Stored;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;

/// Reads stretches of one version of one object: the version that the first opening found, or that
/// a position names. Every request carries its ETag. May be used by several threads.
public final class ObjectRanges {
    private static final int ATTEMPTS_MAX = 4;

    private final ObjectStore objects;
    private final ObjectAddress address;
    private final ObjectPosition start;
    private final ObjectPosition.Writer positions;
    private final long bytes;

    private ObjectRanges(
            ObjectStore objects, ObjectAddress address, ObjectPosition start, long bytes) {
        this.objects = objects;
        this.address = address;
        this.start = start;
        this.positions = new ObjectPosition.Writer(start.version());
        this.bytes = bytes;
    }

    /// @param position from [#position], of a former reading
    public static ObjectRanges open(
            ObjectStore objects, ObjectAddress address, Optional<String> position)
            throws ReadFailed, InterruptedException {
        Stored found = ObjectReading.found(objects, address);
        ObjectPosition start = position.isPresent()
                ? ObjectPosition.parse(position.get())
                : ObjectPosition.beginningOf(found);
        if (!start.version().etag().equals(found.etag())) {
            throw ObjectReading.changed(address, start.version(), found.etag());
        }
        return new ObjectRanges(objects, address, start, found.bytes());
    }

    public ObjectAddress address() {
        return address;
    }

    /// Where this reading begins.
    public ObjectPosition start() {
        return start;
    }

    /// The object's length.
    public long bytes() {
        return bytes;
    }

    /// What reopens the object just before an item.
    public String position(long item) {
        return positions.text(item, 0, 0);
    }

    /// Bytes `from` to `from + length`, all of which must be there. A connection that breaks off is
    /// tried again.
    public byte[] read(long from, int length) throws IOException {
        if (from < 0 || length < 0 || from + length > bytes) {
            throw new IOException("the bytes %d to %d were asked for, and it has %d"
                    .formatted(from, from + length, bytes));
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return objects.readRange(
                        address.bucket(),
                        address.key(),
                        address.versionId(),
                        new ObjectStore.Range(from, length),
                        Optional.of(start.version().etag()));
            } catch (InterruptedException e) {
                var interrupted = new InterruptedIOException("while reading " + address.uri());
                interrupted.initCause(e);
                throw interrupted;
            } catch (ObjectFailed | InterruptedIOException | ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    /// Why reading failed, as a map run's cause.
    public ReadFailed failed(IOException thrown) throws InterruptedException {
        return ObjectReading.failed(objects, address, start.version(), thrown);
    }
}
