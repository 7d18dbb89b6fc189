package dev.mapwright.adapters.objects.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

class NewBodyFileTest {
    @TempDir
    Path folder;

    @Test
    void writesWhatItIsGiven() throws IOException {
        Path path = folder.resolve("body");
        try (var file = new NewBodyFile(
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            file.write(new byte[] {'a', 'b', 'c'}, 2);
            file.force();
        }
        assertEquals("ab", Files.readString(path));
    }

    @Test
    void whatTheDiskDoesNotTakeIsNoFaultOfTheClient() throws IOException {
        Path path = Files.writeString(folder.resolve("body"), "");
        try (FileChannel readOnly = FileChannel.open(path, StandardOpenOption.READ)) {
            readOnly.close();
            var failed = assertThrows(
                    S3Failed.class, () -> new NewBodyFile(readOnly).write(new byte[] {'a'}, 1));
            assertEquals("InternalError", failed.code().text());
            assertEquals(
                    "The object could not be written to the data folder: ClosedChannelException. Make sure that its disk works and has room.",
                    failed.getMessage());
        }
    }
}
