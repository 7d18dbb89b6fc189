package dev.mapwright.testkit.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The machine's own AWS clients, told nothing but an endpoint. A test that needs one that the
/// machine has not is skipped and says so; a client that fails fails the test with what it said.
///
/// @param folder for scripts and what clients say
public record MachineClients(URI endpoint, Path folder) {
    private static final int CLIENT_SECONDS_MAX = 300;

    /// What one command of the AWS CLI says.
    public String aws(String... arguments) throws IOException, InterruptedException {
        assumeTrue(Present.AWS_CLI, "Skipped: this machine has not the AWS CLI");
        var command = new ArrayList<>(List.of("aws"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /// The same, as text, cut down to what `query` finds in it.
    public String awsText(String query, String... arguments)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--query", query, "--output", "text"));
        return aws(all.toArray(String[]::new)).strip();
    }

    /// What a script says that uses boto3.
    public String boto3(String script) throws IOException, InterruptedException {
        assumeTrue(Present.BOTO3, "Skipped: this machine has not boto3");
        Path file = Files.createTempFile(folder, "client", ".py");
        Files.writeString(file, script);
        return run(List.of("python3", file.toString()));
    }

    /// Asked for once, because asking takes as long as a command does.
    private static final class Present {
        static final boolean AWS_CLI = runs("aws", "--version");
        static final boolean BOTO3 = runs("python3", "-c", "import boto3");

        private static boolean runs(String... command) {
            try {
                return new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .onExit()
                                .join()
                                .exitValue()
                        == 0;
            } catch (IOException absent) {
                return false;
            }
        }
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "client", ".out");
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.putAll(Map.of(
                "AWS_ENDPOINT_URL", endpoint.toString(),
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_CONFIG_FILE", folder.resolve("no-config").toString(),
                "AWS_SHARED_CREDENTIALS_FILE", folder.resolve("no-credentials").toString(),
                "AWS_PAGER", "",
                "PYTHONUTF8", "1",
                "NO_PROXY", "127.0.0.1,localhost"));
        Process client = builder.start();
        boolean hasEnded = client.waitFor(CLIENT_SECONDS_MAX, TimeUnit.SECONDS);
        if (!hasEnded) {
            client.destroyForcibly();
        }
        String said = Files.readString(output);
        assertTrue(hasEnded && client.exitValue() == 0, command + ": " + said);
        return said;
    }
}
