package dev.mapwright.adapters.objects.local;

import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/// Large bodies as files, each named by its number and never by an object's key. A file whose
/// number no record names is an orphan of a crash. A body that is being read outlives its object
/// until the reader is done.
final class BodyFiles {
    /// Keeps folders small enough to list.
    private static final int FILES_PER_FOLDER = 4096;

    private final Path folder;
    private final Durability durability;

    /// By body number. Guarded by this.
    private final Map<Long, Reading> readings = new HashMap<>();

    private static final class Reading {
        int readers;
        List<Long> filesToDelete = List.of();
    }

    BodyFiles(Path folder, Durability durability) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.durability = durability;
    }

    NewBodyFile create(long number) throws S3Failed {
        Path path = path(number);
        try {
            Files.createDirectories(path.getParent());
            return new NewBodyFile(FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException full) {
            throw NewBodyFile.failed(full);
        }
    }

    FileChannel open(long number) throws IOException {
        return FileChannel.open(path(number), StandardOpenOption.READ);
    }

    /// Carries a new file to the disk, and its name too, if that is what durability asks for.
    void settle(long number, NewBodyFile file) throws S3Failed {
        switch (durability) {
            case FSYNC -> {
                try {
                    file.force();
                    Path shard = path(number).getParent();
                    force(shard);
                    force(folder);
                } catch (IOException full) {
                    throw NewBodyFile.failed(full);
                }
            }
            case OS -> {}
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    void delete(long number) {
        try {
            Files.deleteIfExists(path(number));
        } catch (IOException busy) {
            throw new UncheckedIOException(
                    "The file of body %d can't be deleted".formatted(number), busy);
        }
    }

    /// Keeps the files of a body until `unpin`. Whoever pins must then look whether the body still
    /// exists.
    synchronized void pin(long body) {
        readings.computeIfAbsent(body, _ -> new Reading()).readers++;
    }

    void unpin(long body) {
        List<Long> doomed = List.of();
        synchronized (this) {
            Reading reading = readings.get(body);
            if (--reading.readers == 0) {
                readings.remove(body);
                doomed = reading.filesToDelete;
            }
        }
        doomed.forEach(this::delete);
    }

    /// Deletes the files of a body that no record names any more, now or after its last reader.
    void discard(long body, List<Long> files) {
        synchronized (this) {
            Reading reading = readings.get(body);
            if (reading != null) {
                reading.filesToDelete = files;
                return;
            }
        }
        files.forEach(this::delete);
    }

    /// Deletes what a crash left behind.
    void sweep(LongPredicate known) throws IOException {
        try (Stream<Path> paths = Files.walk(folder, 2)) {
            paths.filter(Files::isRegularFile)
                    .mapToLong(path -> Long.parseUnsignedLong(path.getFileName().toString(), 16))
                    .filter(number -> !known.test(number))
                    .forEach(this::delete);
        } catch (NumberFormatException foreign) {
            throw new IOException(
                    "The folder %s holds a file that is not Mapwright's: %s"
                            .formatted(folder, foreign.getMessage()),
                    foreign);
        }
    }

    private Path path(long number) {
        return folder.resolve("%08x".formatted(number / FILES_PER_FOLDER))
                .resolve("%016x".formatted(number));
    }
}
