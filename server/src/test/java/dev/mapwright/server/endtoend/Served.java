package dev.mapwright.server.endtoend;

import dev.mapwright.server.client.ServiceClient;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `mapwright serve` in a process of its own, so that it can be killed.
final class Served implements AutoCloseable {
    private static final String READY = "Mapwright is ready at ";
    private static final int STOP_SECONDS_MAX = 300;

    private final Process process;
    private final URI endpoint;

    private Served(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /// Returns once it is ready.
    static Served on(Path data, String... options) throws IOException {
        var arguments =
                new ArrayList<String>(List.of("serve", "--port", "0", "--data", data.toString()));
        arguments.addAll(List.of(options));
        Process process = process(arguments.toArray(String[]::new));
        var seen = new ArrayList<String>();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            seen.add(line);
            if (line.startsWith(READY)) {
                return new Served(process, URI.create(line.substring(READY.length())));
            }
        }
        throw new IllegalStateException("serve ended without being ready: " + seen);
    }

    /// Any command, with its messages among its output.
    static Process process(String... arguments) throws IOException {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                // Few of these processes live long enough for what compiling well costs.
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.mapwright.server.Main"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("AWS_ACCESS_KEY_ID", "test");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "test");
        return builder.start();
    }

    URI endpoint() {
        return endpoint;
    }

    ServiceClient client() {
        return new ServiceClient(endpoint);
    }

    /// SIGKILL: nothing can be tidied up.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// SIGTERM; returns the exit status.
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException(
                    "serve did not stop within %d s of SIGTERM".formatted(STOP_SECONDS_MAX));
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            kill();
        }
    }
}
