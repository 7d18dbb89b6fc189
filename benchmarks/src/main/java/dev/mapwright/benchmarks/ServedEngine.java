package dev.mapwright.benchmarks;

import dev.mapwright.server.Main;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `mapwright serve` in a process of its own, which can be killed.
final class ServedEngine implements AutoCloseable {
    private static final String READY = "Mapwright is ready at ";
    private static final int STOP_SECONDS_MAX = 60;

    private final Process process;
    private final URI endpoint;

    private ServedEngine(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /// Returns once it is ready.
    static ServedEngine on(Path data) throws IOException {
        Process process = new ProcessBuilder(JavaCommand.of(List.of(
                        Main.class.getName(), "serve", "--port", "0", "--data", data.toString())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return new ServedEngine(process, URI.create(line.substring(READY.length())));
            }
        }
        throw new IllegalStateException("serve ended before it was ready; its messages are above");
    }

    URI endpoint() {
        return endpoint;
    }

    /// SIGKILL: nothing can be tidied up.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// SIGTERM.
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "serve did not stop within %d s of SIGTERM".formatted(STOP_SECONDS_MAX));
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    "serve ended with status %d after SIGTERM".formatted(process.exitValue()));
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
