package dev.mapwright.adapters.functions;

import dev.mapwright.adapters.functions.invocation.FunctionRefused;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/// Uploaded code, by the checksum of its zip file. The zip file is what is kept; the folder that it
/// unpacks to is made of it whenever it is not there.
final class CodeFolders {
    /// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    static final long UNPACKED_BYTES_MAX = 250L * 1024 * 1024;

    private static final String ZIP = ".zip";

    private final Path folder;

    CodeFolders(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder).toAbsolutePath();
    }

    /// Keeps a zip file once it has been unpacked.
    FunctionCode.Uploaded keep(byte[] zip) throws FunctionRefused {
        if (zip.length == 0) {
            throw FunctionRefused.invalid("Uploaded file must be a non-empty zip");
        }
        String sha256 = HexFormat.of().formatHex(sha256(zip));
        var code = new FunctionCode.Uploaded(sha256, zip.length);
        try {
            Path file = zipFile(code);
            if (!Files.exists(file)) {
                Path part = Files.createTempFile(folder, sha256, ".part");
                try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap(zip));
                    channel.force(true);
                }
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
            unpacked(code);
            return code;
        } catch (ZipException | ProviderSaysNo notAZip) {
            delete(zipFile(code));
            throw FunctionRefused.invalid(
                    "Could not unzip uploaded file. Please check your file, then try to upload again.");
        } catch (TooLarge tooLarge) {
            delete(zipFile(code));
            throw FunctionRefused.invalid(
                    "Unzipped size must be smaller than %d bytes".formatted(UNPACKED_BYTES_MAX));
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot keep code in " + folder, broken);
        }
    }

    /// The folder for a function's processes.
    synchronized Path unpacked(FunctionCode.Uploaded code) throws IOException {
        Path target = folder.resolve(code.sha256());
        if (!Files.isDirectory(target)) {
            Path part = Files.createTempDirectory(folder, "unpacking-");
            try {
                unpack(zipFile(code), part);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                if (Files.exists(part)) {
                    deleteAll(part);
                }
            }
        }
        return target;
    }

    Path zipFile(FunctionCode.Uploaded code) {
        return folder.resolve(code.sha256() + ZIP);
    }

    /// Deletes all code but these; what a crash left half done, too.
    void retain(Set<String> used) throws IOException {
        var names = new HashSet<String>();
        used.forEach(sha256 -> names.addAll(List.of(sha256, sha256 + ZIP)));
        try (Stream<Path> found = Files.list(folder)) {
            for (Path path : found.toList()) {
                if (!names.contains(path.getFileName().toString())) {
                    deleteAll(path);
                }
            }
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static final class TooLarge extends IOException {}

    private static final class ProviderSaysNo extends IOException {}

    private static void unpack(Path zip, Path target) throws IOException {
        try (FileSystem content = FileSystems.newFileSystem(
                        zip, Map.of("enablePosixFileAttributes", true, "accessMode", "readOnly"));
                Stream<Path> paths = Files.walk(content.getPath("/"))) {
            long left = UNPACKED_BYTES_MAX;
            for (Path path : paths.toList()) {
                left -= copy(path, target, left);
            }
        } catch (UnsupportedOperationException | IllegalArgumentException odd) {
            throw new ProviderSaysNo();
        }
    }

    private static long copy(Path from, Path target, long bytesMax) throws IOException {
        Path to = target.resolve(from.toString().substring(1)).normalize();
        if (!to.startsWith(target)) {
            throw new ZipException("an entry that leaves the folder: " + from);
        }
        if (Files.isDirectory(from)) {
            Files.createDirectories(to);
            return 0;
        }
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to)) {
            long copied = 0;
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copied += read;
                if (copied > bytesMax) {
                    throw new TooLarge();
                }
                out.write(buffer, 0, read);
            }
            allow(from, to);
            return copied;
        }
    }

    /// An executable file stays one.
    private static void allow(Path from, Path to) throws IOException {
        Set<PosixFilePermission> given = Files.getPosixFilePermissions(from);
        if (given.contains(PosixFilePermission.OWNER_EXECUTE)) {
            var view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
            if (view != null) {
                var all = new HashSet<>(view.readAttributes().permissions());
                all.add(PosixFilePermission.OWNER_EXECUTE);
                view.setPermissions(all);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            // Nobody refers to it: the next start deletes it.
        }
    }

    private static void deleteAll(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException gone) {
            // There is nothing to delete.
        }
    }
}
