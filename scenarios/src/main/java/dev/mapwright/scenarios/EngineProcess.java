package dev.mapwright.scenarios;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `mapwright serve` in a process of its own: it can be killed, and its memory is told from what
/// generates and checks the data. It has the options that the launcher gave this process, as users
/// have it, and ends with this process at the latest.
final class EngineProcess implements AutoCloseable {
    /// The system property by which functions in the engine's process find it.
    static final String ENDPOINT = "scenario.endpoint";

    /// The launcher's, whatever MAPWRIGHT_HEAP gives this process for its checks.
    private static final String HEAP = "-Xmx512m";

    private static final String READY = "Mapwright is ready at ";
    private static final int STOP_SECONDS_MAX = 60;
    private static final double KIB_PER_MIB = 1024;

    private final Process process;

    private EngineProcess(Process process) {
        this.process = process;
    }

    /// Where an engine can be started, again and again.
    ///
    /// @param configuration its file
    record Place(URI endpoint, Path configuration) {
        /// @param folder for the engine's data and its configuration
        /// @param settings besides folder and port
        static Place in(Path folder, Map<String, String> settings) throws IOException {
            int port = freePort();
            var lines = new ArrayList<String>(
                    List.of("port = " + port, "data = " + folder.resolve("data")));
            settings.forEach((name, value) -> lines.add(name + " = " + value));
            Path file = Files.write(folder.resolve("mapwright.properties"), lines);
            return new Place(URI.create("http://127.0.0.1:" + port), file);
        }

        private static int freePort() throws IOException {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }

    /// Returns once it is ready.
    static EngineProcess at(Place place) throws IOException {
        Process process = new ProcessBuilder(command(place))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (Tether.said(process, READY).isEmpty()) {
            throw new IllegalStateException(
                    "the engine ended before it was ready; its messages are above");
        }
        return new EngineProcess(process);
    }

    static List<String> command(Place place) {
        return Tether.command(
                TetheredEngine.class,
                List.of(
                        HEAP,
                        "-D%s=%s".formatted(ENDPOINT, place.endpoint()),
                        // Functions in its process keep so many connections open.
                        "-Dhttp.maxConnections=50"),
                List.of("serve", "--config", place.configuration().toString()));
    }

    /// SIGKILL: nothing can be tidied up.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// The largest resident set so far, with all native memory; 0 where the system does not tell.
    double residentPeakMebibytes() throws IOException {
        Path status = Path.of("/proc/%d/status".formatted(process.pid()));
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                .findFirst()
                .orElse(0);
    }

    /// SIGTERM, and SIGKILL if that doesn't help.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
