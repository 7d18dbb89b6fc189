package dev.mapwright.server.cli;

import dev.mapwright.server.cli.Engines.CannotStart;
import dev.mapwright.server.config.Configuration;
import dev.mapwright.server.config.InvalidConfiguration;
import dev.mapwright.server.config.Setting;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the engine until it is told to stop.")
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--port", description = "where to listen; 0 chooses a free port (default 4566)")
    private Optional<String> port = Optional.empty();

    @Option(names = "--host", description = "the address to listen on (default 127.0.0.1)")
    private Optional<String> host = Optional.empty();

    @Option(names = "--data", description = "the data folder (default ./mapwright-data)")
    private Optional<String> data = Optional.empty();

    @Option(names = "--config", description = "a configuration file")
    private Optional<Path> file = Optional.empty();

    @Spec
    private CommandSpec spec;

    private final Engines engines;

    ServeCommand(Engines engines) {
        this.engines = engines;
    }

    @Override
    public Integer call() throws CannotStart, InvalidConfiguration, InterruptedException {
        var configuration = Configuration.read(file, commandLine());
        PrintWriter out = spec.commandLine().getOut();
        configuration.sources().forEach(line -> out.println("  " + line));
        out.flush();
        var stop = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("stop").unstarted(() -> stop(stop, stopped)));
        try (Engines.Running running = engines.start(configuration)) {
            greet(out, configuration, running);
            stop.await();
            out.println("Stopping ...");
            out.flush();
            return CommandLineInterface.SUCCEEDED;
        } finally {
            stopped.countDown();
        }
    }

    private Map<Setting, String> commandLine() {
        var given = new EnumMap<Setting, String>(Setting.class);
        port.ifPresent(value -> given.put(Setting.PORT, value));
        host.ifPresent(value -> given.put(Setting.HOST, value));
        data.ifPresent(value -> given.put(Setting.DATA, value));
        return given;
    }

    private static void greet(
            PrintWriter out, Configuration configuration, Engines.Running running) {
        out.println("Mapwright is ready at " + running.endpoint());
        out.println("  data: " + configuration.data().toAbsolutePath().normalize());
        out.println("  clients need: export AWS_ENDPOINT_URL=" + running.endpoint());
        out.println("  and, for StartSyncExecution: export AWS_DISABLE_HOST_PREFIX_INJECTION=true"
                + " (else they put 'sync-' before the host)");
        out.flush();
    }

    /// Holds the process back, which SIGTERM would end, until the engine has stopped.
    private static void stop(CountDownLatch stop, CountDownLatch stopped) {
        if (stopped.getCount() == 0) {
            return; // The command has ended by itself, and with a status of its own.
        }
        stop.countDown();
        try {
            stopped.await();
            // What was asked for has been done: not the status of a process that a signal ended.
            Runtime.getRuntime().halt(CommandLineInterface.SUCCEEDED);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
