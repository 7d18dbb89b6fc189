package dev.mapwright.scenarios;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Ties a process to the one that started it, so that none stays behind when a scenario runs out of
/// memory or is killed: only the one that started it holds the far end of its standard input, which
/// the system closes when that one is gone, however it ended.
final class Tether {
    private Tether() {}

    /// Starts `main` with this process's Java, options (among them the launcher's start-up cache)
    /// and classes.
    ///
    /// @param options of Java, after those of this process
    static List<String> command(Class<?> main, List<String> options, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /// What the process says behind `prefix` in the first line that starts with it; empty if it
    /// ends before.
    static Optional<String> said(Process process, String prefix) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(prefix)) {
                return Optional.of(line.substring(prefix.length()));
            }
        }
        return Optional.empty();
    }

    /// In the process that was started: returns when it is to end.
    static void awaitEnd() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            // Nobody is there either.
        }
    }
}
