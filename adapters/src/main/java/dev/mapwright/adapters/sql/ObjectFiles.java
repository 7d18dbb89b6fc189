package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.adapters.sql.catalog.QueryFailed;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ObjectStore.ObjectFailed;
import dev.mapwright.engine.maprun.ObjectStore.Stored;
import dev.mapwright.engine.store.Page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Objects to files and back.
final class ObjectFiles {
    /// One part in memory at a time.
    private static final int PART_BYTES = 8 * 1024 * 1024;

    private static final String BINARY = "binary/octet-stream";

    private final ObjectStore objects;

    ObjectFiles(ObjectStore objects) {
        this.objects = objects;
    }

    interface Visitor {
        void visit(Stored object) throws QueryFailed, IOException, InterruptedException;
    }

    /// Shows everything below a folder, however deep.
    void each(Location folder, Visitor visitor)
            throws QueryFailed, IOException, InterruptedException {
        Optional<String> token = Optional.empty();
        do {
            Page<Stored> page = page(folder, token);
            for (Stored object : page.items()) {
                visitor.visit(object);
            }
            token = page.nextToken();
        } while (token.isPresent());
    }

    private Page<Stored> page(Location folder, Optional<String> token)
            throws QueryFailed, InterruptedException {
        try {
            return objects.list(folder.bucket(), folder.key(), token);
        } catch (ObjectFailed failure) {
            throw failed("PERMISSION_DENIED", "Cannot list", folder, failure);
        }
    }

    /// Whether there is nothing but perhaps the folder itself.
    boolean isEmpty(Location folder) throws QueryFailed, InterruptedException {
        return page(folder, Optional.empty()).items().stream()
                .allMatch(object -> object.key().equals(folder.key()) && object.bytes() == 0);
    }

    void fetch(Location from, Path to) throws QueryFailed, IOException, InterruptedException {
        try (InputStream content =
                objects.read(from.bucket(), from.key(), Optional.empty(), 0, Optional.empty())) {
            Files.copy(content, to);
        } catch (ObjectFailed failure) {
            throw failed("HIVE_CANNOT_OPEN_SPLIT", "Error opening", from, failure);
        }
    }

    /// From a byte on.
    InputStream read(Location from, long offset) throws ObjectFailed, InterruptedException {
        return objects.read(from.bucket(), from.key(), Optional.empty(), offset, Optional.empty());
    }

    void store(Path from, Location to) throws QueryFailed, IOException, InterruptedException {
        try (InputStream content = Files.newInputStream(from)) {
            byte[] first = content.readNBytes(PART_BYTES);
            if (first.length < PART_BYTES) {
                objects.put(to.bucket(), to.key(), BINARY, first);
            } else {
                storeParts(first, content, to);
            }
        } catch (ObjectFailed failure) {
            throw failed("PERMISSION_DENIED", "Cannot write", to, failure);
        }
    }

    void store(String text, Location to) throws QueryFailed, InterruptedException {
        try {
            objects.put(to.bucket(), to.key(), BINARY, text.getBytes(StandardCharsets.UTF_8));
        } catch (ObjectFailed failure) {
            throw failed("PERMISSION_DENIED", "Cannot write", to, failure);
        }
    }

    private void storeParts(byte[] first, InputStream content, Location to)
            throws IOException, InterruptedException {
        String upload = objects.beginUpload(to.bucket(), to.key(), BINARY);
        boolean isComplete = false;
        try {
            var etags = new ArrayList<String>();
            byte[] part = first;
            while (part.length > 0) {
                etags.add(
                        objects.uploadPart(to.bucket(), to.key(), upload, etags.size() + 1, part));
                part = content.readNBytes(PART_BYTES);
            }
            objects.completeUpload(to.bucket(), to.key(), upload, List.copyOf(etags));
            isComplete = true;
        } finally {
            if (!isComplete) {
                objects.abortUpload(to.bucket(), to.key(), upload);
            }
        }
    }

    private static QueryFailed failed(
            String name, String what, Location where, ObjectFailed failure) {
        return new QueryFailed(
                name,
                "%s %s: %s (Service: Amazon S3; Error Code: %s)"
                        .formatted(what, where, failure.getMessage(), failure.code()));
    }
}
