package dev.mapwright.server.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// The clients that people have on their machines: boto3 and the AWS command line. Skipped where
/// they are missing.
class S3ClientsTest {
    private static final long CLIENT_SECONDS_MAX = 180;

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
        assumeTrue(
                works("python3", "-c", "import boto3"), "python3 with boto3 isn't on this machine");
        Path script = Path.of(getClass().getResource("/s3/clients.py").toURI());
        run("python3", script.toString());
    }

    @Test
    void theCommandLineCopiesTwentyMegabytesThereAndBack() throws Exception {
        assumeTrue(works("aws", "--version"), "the AWS command line isn't on this machine");
        byte[] bytes = new byte[20 * 1024 * 1024 + 7];
        new Random(3).nextBytes(bytes);
        Path file = Files.write(folder.resolve("big.bin"), bytes);
        Path back = folder.resolve("back.bin");
        run("aws", "s3", "mb", "s3://orders");
        run("aws", "s3", "cp", "--no-progress", file.toString(), "s3://orders/in/big.bin");
        run("aws", "s3", "cp", "--no-progress", "s3://orders/in/big.bin", back.toString());
        assertArrayEquals(bytes, Files.readAllBytes(back));
        run("aws", "s3", "cp", "--no-progress", "s3://orders/in/big.bin", "s3://orders/copy.bin");
        String listing = run("aws", "s3", "ls", "--recursive", "s3://orders");
        assertEquals(
                List.of("copy.bin", "in/big.bin"),
                listing.lines()
                        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                        .toList());
        run("aws", "s3", "rb", "--force", "s3://orders");
        assertEquals("", run("aws", "s3", "ls"));
    }

    @Test
    void theCommandLineSynchronizesAFolder() throws Exception {
        assumeTrue(works("aws", "--version"), "the AWS command line isn't on this machine");
        Path source = Files.createDirectories(folder.resolve("source/deep"));
        Files.writeString(source.resolve("ü 1.txt"), "one");
        Files.writeString(source.getParent().resolve("two+2.txt"), "two");
        run("aws", "s3api", "create-bucket", "--bucket", "orders");
        run("aws", "s3", "sync", "--no-progress", source.getParent().toString(), "s3://orders/x");
        assertEquals("", run("aws", "s3", "sync", source.getParent().toString(), "s3://orders/x"));
        Path target = folder.resolve("target");
        run("aws", "s3", "sync", "--no-progress", "s3://orders/x", target.toString());
        assertEquals("one", Files.readString(target.resolve("deep/ü 1.txt")));
        assertEquals("two", Files.readString(target.resolve("two+2.txt")));
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("AWS_ACCESS_KEY_ID", "test");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "test");
        builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment().put("AWS_CONFIG_FILE", folder.resolve("no-config").toString());
        builder.environment()
                .put(
                        "AWS_SHARED_CREDENTIALS_FILE",
                        folder.resolve("no-credentials").toString());
        builder.environment().put("AWS_ENDPOINT_URL", server.uri().toString());
        builder.environment().put("PYTHONUTF8", "1");
        builder.environment().put("NO_PROXY", "127.0.0.1,localhost");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(CLIENT_SECONDS_MAX, TimeUnit.SECONDS);
        assertEquals(0, process.exitValue(), () -> String.join(" ", command) + "\n" + output);
        return output;
    }
}
