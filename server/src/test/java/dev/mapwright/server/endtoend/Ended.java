package dev.mapwright.server.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// What came of a command.
///
/// @param output all that it said
record Ended(int status, String output) {
    private static final int MINUTES_MAX = 8;

    /// Waits for a process that is given no input. One that goes on for minutes is killed with all
    /// that it has started, so that the test fails with what it said.
    static Ended of(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        var _ = process.onExit().orTimeout(MINUTES_MAX, TimeUnit.MINUTES).exceptionally(_ -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            return process.destroyForcibly();
        });
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    String lastLine() {
        return output.strip().lines().reduce("", (_, line) -> line);
    }
}
