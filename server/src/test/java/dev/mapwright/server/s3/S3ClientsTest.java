package dev.mapwright.server.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.testkit.clients.MachineClients;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// The clients that people have on their machines: boto3 and the AWS command line. Skipped where
/// they are missing.
class S3ClientsTest {
    @TempDir
    Path folder;

    private S3Server server;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start(folder.resolve("data"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void boto3FindsWhatItExpectsOfS3() throws Exception {
        Path script = Path.of(getClass().getResource("/s3/clients.py").toURI());
        machine().boto3(Files.readString(script));
    }

    @Test
    void theCommandLineCopiesTwentyMegabytesThereAndBack() throws Exception {
        byte[] bytes = new byte[20 * 1024 * 1024 + 7];
        new Random(3).nextBytes(bytes);
        Path file = Files.write(folder.resolve("big.bin"), bytes);
        Path back = folder.resolve("back.bin");
        aws("s3", "mb", "s3://orders");
        aws("s3", "cp", "--no-progress", file.toString(), "s3://orders/in/big.bin");
        aws("s3", "cp", "--no-progress", "s3://orders/in/big.bin", back.toString());
        assertArrayEquals(bytes, Files.readAllBytes(back));
        aws("s3", "cp", "--no-progress", "s3://orders/in/big.bin", "s3://orders/copy.bin");
        String listing = aws("s3", "ls", "--recursive", "s3://orders");
        assertEquals(
                List.of("copy.bin", "in/big.bin"),
                listing.lines()
                        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                        .toList());
        aws("s3", "rb", "--force", "s3://orders");
        assertEquals("", aws("s3", "ls"));
    }

    @Test
    void theCommandLineSynchronizesAFolder() throws Exception {
        Path source = Files.createDirectories(folder.resolve("source/deep"));
        Files.writeString(source.resolve("ü 1.txt"), "one");
        Files.writeString(source.getParent().resolve("two+2.txt"), "two");
        aws("s3api", "create-bucket", "--bucket", "orders");
        aws("s3", "sync", "--no-progress", source.getParent().toString(), "s3://orders/x");
        assertEquals("", aws("s3", "sync", source.getParent().toString(), "s3://orders/x"));
        Path target = folder.resolve("target");
        aws("s3", "sync", "--no-progress", "s3://orders/x", target.toString());
        assertEquals("one", Files.readString(target.resolve("deep/ü 1.txt")));
        assertEquals("two", Files.readString(target.resolve("two+2.txt")));
    }

    private String aws(String... arguments) throws Exception {
        return machine().aws(arguments);
    }

    private MachineClients machine() {
        return new MachineClients(server.uri(), folder);
    }
}
