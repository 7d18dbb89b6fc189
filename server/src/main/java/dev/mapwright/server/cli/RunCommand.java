package dev.mapwright.server.cli;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.cli.Engines.CannotStart;
import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.CallFailed;
import dev.mapwright.server.client.ServiceClient;
import dev.mapwright.server.config.Configuration;
import dev.mapwright.server.config.InvalidConfiguration;
import dev.mapwright.server.config.Setting;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a state machine to its end and prints its output.",
            "The exit status is 0 if it succeeded, 1 if not."
        })
final class RunCommand implements Callable<Integer> {
    private static final String ROLE = "arn:aws:iam::123456789012:role/mapwright-run";
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int NAME_CHARS_MAX = 80;

    @Parameters(paramLabel = "FILE", description = "the definition as JSON")
    private Path file;

    @Option(names = "--input", description = "JSON, or @FILE (default {})")
    private String input = "{}";

    @Option(
            names = "--data",
            description = "a data folder to use and keep (default: a temporary one)")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--json",
            description = "print one JSON object: status, output or error and cause")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Engines engines;

    RunCommand(Engines engines) {
        this.engines = engines;
    }

    @Override
    public Integer call()
            throws CannotStart, InvalidConfiguration, CallFailed, IOException,
                    InterruptedException {
        String definition = read(file);
        String text = input.startsWith("@") ? read(Path.of(input.substring(1))) : input;
        if (data.isPresent()) {
            return run(data.get(), definition, text);
        }
        Path scratch = Files.createTempDirectory("mapwright-run-");
        try {
            return run(scratch, definition, text);
        } finally {
            delete(scratch);
        }
    }

    private int run(Path folder, String definition, String text)
            throws CannotStart, InvalidConfiguration, CallFailed, InterruptedException {
        var configuration = Configuration.read(
                Optional.empty(), Map.of(Setting.PORT, "0", Setting.DATA, folder.toString()));
        try (var running = engines.start(configuration);
                var services = new ServiceClient(running.endpoint())) {
            String machine = services.states(
                            "CreateStateMachine",
                            Map.of("name", name(), "definition", definition, "roleArn", ROLE))
                    .text("stateMachineArn");
            String execution = services.states(
                            "StartExecution", Map.of("stateMachineArn", machine, "input", text))
                    .text("executionArn");
            return print(await(services, execution));
        }
    }

    /// The file's name without its extensions, in characters that a state machine's name may have.
    private String name() {
        String name = file.getFileName().toString().replaceFirst("\\..*", "");
        String allowed = name.replaceAll("[^A-Za-z0-9_-]", "-");
        return allowed.isEmpty()
                ? "run"
                : allowed.substring(0, Math.min(NAME_CHARS_MAX, allowed.length()));
    }

    private static Answer await(ServiceClient services, String execution)
            throws CallFailed, InterruptedException {
        while (true) {
            Answer answer = services.states("DescribeExecution", Map.of("executionArn", execution));
            if (!answer.text("status").equals("RUNNING")) {
                return answer;
            }
            Thread.sleep(POLL);
        }
    }

    private int print(Answer execution) {
        PrintWriter out = spec.commandLine().getOut();
        boolean succeeded = execution.text("status").equals("SUCCEEDED");
        if (json) {
            var shown = new LinkedHashMap<String, Object>();
            for (String member : List.of("executionArn", "status", "output", "error", "cause")) {
                execution.findText(member).ifPresent(value -> shown.put(member, value));
            }
            execution
                    .findText("output")
                    .ifPresent(output -> shown.put("output", Json.ofText(output).value()));
            out.println(Json.of(shown).text());
        } else if (succeeded) {
            out.println(execution.text("output"));
        } else {
            spec.commandLine()
                    .getErr()
                    .println("The execution ended %s. %s: %s"
                            .formatted(
                                    execution.text("status"),
                                    execution.findText("error").orElse("No error name"),
                                    execution.findText("cause").orElse("no cause")));
        }
        out.flush();
        return succeeded ? CommandLineInterface.SUCCEEDED : CommandLineInterface.FAILED;
    }

    private String read(Path path) throws IOException {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException missing) {
            throw new ParameterException(spec.commandLine(), "There is no file " + path);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        }
    }
}
