package dev.mapwright.adapters.items.object;

import dev.mapwright.adapters.items.object.ObjectPosition.Version;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ObjectStore.ObjectFailed;
import dev.mapwright.engine.maprun.ObjectStore.Stored;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PushbackInputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;

/// Reads one version of one object: the version that the first opening found, or that a position
/// names. Every request carries its ETag, so that an object that was replaced is never mixed with
/// the one before.
public final class ObjectReading {
    private final ObjectStore objects;
    private final ObjectAddress address;
    private final ObjectPosition start;
    private final ObjectPosition.Writer positions;
    private final Compression compression;

    /// What was opened to tell the compression, at the object's beginning; used once.
    private Optional<InputStream> opened;

    private ObjectReading(
            ObjectStore objects,
            ObjectAddress address,
            ObjectPosition start,
            Compression compression,
            InputStream opened) {
        this.objects = objects;
        this.address = address;
        this.start = start;
        this.positions = new ObjectPosition.Writer(start.version());
        this.compression = compression;
        this.opened = Optional.of(opened);
    }

    /// @param position from [#position], of a former reading
    public static ObjectReading open(
            ObjectStore objects, ObjectAddress address, Optional<String> position)
            throws ReadFailed, InterruptedException {
        ObjectPosition start = position.isPresent()
                ? ObjectPosition.parse(position.get())
                : ObjectPosition.beginningOf(found(objects, address));
        try {
            var raw = new PushbackInputStream(
                    new RetriedStream(objects, address, start.version(), 0),
                    Compression.MAGIC_BYTES);
            byte[] magic = raw.readNBytes(Compression.MAGIC_BYTES);
            raw.unread(magic);
            var compression = Compression.of(address.key(), magic);
            return new ObjectReading(objects, address, start, compression, raw);
        } catch (IOException e) {
            throw failed(objects, address, start.version(), e);
        }
    }

    /// What is known of an object now.
    static Stored found(ObjectStore objects, ObjectAddress address)
            throws ReadFailed, InterruptedException {
        try {
            Stored found = objects.head(address.bucket(), address.key(), address.versionId());
            if (found.bytes() > Quotas.DATASET_OBJECT_BYTES_MAX) {
                throw new ReadFailed("%s has %d bytes; a dataset's object has at most %d"
                        .formatted(address.uri(), found.bytes(), Quotas.DATASET_OBJECT_BYTES_MAX));
            }
            return found;
        } catch (ObjectFailed e) {
            throw new ReadFailed(
                    "%s cannot be read: %s: %s".formatted(address.uri(), e.code(), e.getMessage()),
                    e);
        }
    }

    public ObjectAddress address() {
        return address;
    }

    /// Where this reading begins.
    public ObjectPosition start() {
        return start;
    }

    /// What reopens the object just before an item.
    ///
    /// @param mark see [ObjectPosition]
    public String position(long item, long offset, long mark) {
        return positions.text(item, offset, mark);
    }

    /// The object's bytes from an offset on. A compressed object is read, and dropped, up to there.
    public InputStream from(long offset) throws ReadFailed, InterruptedException {
        try {
            if (compression == Compression.NONE) {
                return raw(offset);
            }
            InputStream bytes = compression.decompress(raw(0));
            bytes.skipNBytes(offset);
            return bytes;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private InputStream raw(long offset) throws IOException, InterruptedException {
        if (opened.isPresent()) {
            InputStream first = opened.get();
            opened = Optional.empty();
            if (offset == 0) {
                return first;
            }
            first.close();
        }
        return new RetriedStream(objects, address, start.version(), offset);
    }

    /// Why reading failed, as a map run's cause.
    public ReadFailed failed(IOException thrown) throws InterruptedException {
        return failed(objects, address, start.version(), thrown);
    }

    static ReadFailed failed(
            ObjectStore objects, ObjectAddress address, Version version, IOException thrown)
            throws InterruptedException {
        if (thrown instanceof InterruptedIOException
                || thrown instanceof ClosedByInterruptException) {
            var interrupted = new InterruptedException("while reading " + address.uri());
            interrupted.initCause(thrown);
            throw interrupted;
        }
        if (thrown instanceof EOFException) {
            return new ReadFailed(
                    "%s cannot be read: its compressed content ends too early"
                            .formatted(address.uri()),
                    thrown);
        }
        if (!(thrown instanceof ObjectFailed refusal)) {
            return new ReadFailed(
                    "%s cannot be read: %s".formatted(address.uri(), thrown.getMessage()), thrown);
        }
        if (refusal.code().equals("PreconditionFailed")) {
            return changed(address, version, etagNow(objects, address));
        }
        return new ReadFailed(
                "%s cannot be read: %s: %s"
                        .formatted(address.uri(), refusal.code(), refusal.getMessage()),
                thrown);
    }

    static ReadFailed changed(ObjectAddress address, Version version, String etagNow) {
        return new ReadFailed(
                "%s has changed since the map run began to read it: its ETag was %s and is now %s"
                        .formatted(address.uri(), version.etag(), etagNow));
    }

    private static String etagNow(ObjectStore objects, ObjectAddress address)
            throws InterruptedException {
        try {
            return objects.head(address.bucket(), address.key(), address.versionId())
                    .etag();
        } catch (ObjectFailed e) {
            return "unknown (" + e.code() + ")";
        }
    }
}
