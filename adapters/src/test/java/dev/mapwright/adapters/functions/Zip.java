package dev.mapwright.adapters.functions;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Zip files for tests.
final class Zip {
    private Zip() {}

    static byte[] of(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /// One file that its owner may execute.
    static byte[] executable(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve("executable.zip");
        try (FileSystem zip = FileSystems.newFileSystem(
                file, Map.of("create", true, "enablePosixFileAttributes", true))) {
            Path inside = zip.getPath("/" + name);
            Files.writeString(inside, content);
            Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return Files.readAllBytes(file);
    }
}
