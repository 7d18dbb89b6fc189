package dev.mapwright.adapters.keyvalue;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A folder that holds Mapwright's data, told apart from any other folder by a marker file with a
/// format version.
///
/// @param database where RocksDB keeps its files
record DataFolder(Path path, Path database) {
    static final String MARKER = "mapwright.data";
    static final String FORMAT = "Mapwright data, format ";

    /// Of everything in the folder. It grows when a program that does not know a change would lose
    /// or misread data; what can be told apart where it is read has versions of its own.
    static final int FORMAT_VERSION = 2;

    /// What this program reads too, and goes on with in its own format.
    private static final int FORMAT_VERSION_READ_MIN = 1;

    private static final String NEW_MARKER = MARKER + ".new";

    /// What may lie in an otherwise empty folder: the root of a freshly mounted file system has the
    /// one, and a claim that was cut short leaves the other.
    private static final List<String> IGNORED = List.of("lost+found", NEW_MARKER);

    /// Makes the folder and its marker where there is nothing yet; refuses a folder that holds
    /// something else.
    static DataFolder claim(Path folder) throws StoreUnavailable {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            Path marker = path.resolve(MARKER);
            if (!Files.exists(marker)) {
                requireEmpty(path);
                mark(path);
            }
            String found = Files.readString(marker);
            requireKnownFormat(path, found);
            if (!found.equals(marker(FORMAT_VERSION))) {
                mark(path);
            }
        } catch (IOException e) {
            throw new StoreUnavailable(
                    ("The data folder %s cannot be used (%s). "
                                    + "Make it a folder that this user may write to, or choose another one.")
                            .formatted(path, e),
                    e);
        }
        if (!Files.isWritable(path)) {
            throw new StoreUnavailable(
                    "The data folder %s is not writable for this user. Change its owner, or choose another one."
                            .formatted(path));
        }
        return new DataFolder(path, path.resolve("rocksdb"));
    }

    /// A power cut leaves all of the marker or none: without it, the folder would be taken for
    /// somebody else's.
    private static void mark(Path path) throws IOException {
        Path marker = path.resolve(NEW_MARKER);
        try (var channel = FileChannel.open(marker, CREATE, TRUNCATE_EXISTING, WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(marker(FORMAT_VERSION)));
            channel.force(true);
        }
        Files.move(marker, path.resolve(MARKER), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String marker(int version) {
        return FORMAT + version + "\n";
    }

    private static void requireEmpty(Path path) throws IOException, StoreUnavailable {
        try (Stream<Path> content = Files.list(path)) {
            var other = content.filter(
                            file -> !IGNORED.contains(file.getFileName().toString()))
                    .findFirst();
            if (other.isPresent()) {
                throw new StoreUnavailable(
                        ("The folder %s holds something else: it has %s, but no %s. "
                                        + "Choose an empty folder, or one that Mapwright has made.")
                                .formatted(path, other.get().getFileName(), MARKER));
            }
        }
    }

    private static void requireKnownFormat(Path path, String marker) throws StoreUnavailable {
        boolean isKnown = IntStream.rangeClosed(FORMAT_VERSION_READ_MIN, FORMAT_VERSION)
                .mapToObj(version -> FORMAT + version)
                .anyMatch(marker.strip()::equals);
        if (!isKnown) {
            throw new StoreUnavailable(
                    ("The data folder %s was written in another format: its %s says '%s', and this version reads "
                                    + "'%s%d' to %d. Use the version that wrote it, or choose another folder.")
                            .formatted(
                                    path,
                                    MARKER,
                                    marker.strip(),
                                    FORMAT,
                                    FORMAT_VERSION_READ_MIN,
                                    FORMAT_VERSION));
        }
    }
}
