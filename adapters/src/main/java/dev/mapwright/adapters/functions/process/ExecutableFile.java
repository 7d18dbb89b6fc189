package dev.mapwright.adapters.functions.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What Linux can run of what is marked as executable: a script that names its interpreter, or a
/// program for this machine's processor. A shell would take anything else for one of its scripts.
final class ExecutableFile {
    private static final String SCRIPT = "#!";
    private static final int ELF = 0x7F454C46;

    /// Where a program names its byte order and its processor.
    private static final int ORDER_AT = 5;

    private static final int LITTLE_ENDIAN = 1;
    private static final int PROCESSOR_AT = 18;
    private static final int HEADER_BYTES = 20;

    /// By the name that Java has for them.
    /// https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
    private static final Map<String, Integer> PROCESSORS = Map.of("amd64", 62, "aarch64", 183);

    private ExecutableFile() {}

    static boolean runsHere(Path file) {
        return runsOn(System.getProperty("os.arch"), beginning(file));
    }

    /// @param processor one that is not known here runs every program
    static boolean runsOn(String processor, byte[] beginning) {
        if (new String(beginning, StandardCharsets.ISO_8859_1).startsWith(SCRIPT)) {
            return true;
        }
        if (beginning.length < HEADER_BYTES) {
            return false;
        }
        ByteBuffer header = ByteBuffer.wrap(beginning);
        if (header.getInt(0) != ELF) {
            return false;
        }
        header.order(
                header.get(ORDER_AT) == LITTLE_ENDIAN
                        ? ByteOrder.LITTLE_ENDIAN
                        : ByteOrder.BIG_ENDIAN);
        int code = header.getShort(PROCESSOR_AT);
        return PROCESSORS.getOrDefault(processor, code) == code;
    }

    private static byte[] beginning(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(HEADER_BYTES);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }
}
