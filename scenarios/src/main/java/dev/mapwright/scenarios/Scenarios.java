package dev.mapwright.scenarios;

import dev.mapwright.scenarios.Scenario.Unavailable;
import dev.mapwright.server.demo.Progress;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// `./mapwright scenario NAME`: one application from its data to its last check.
@Command(
        name = "mapwright scenario",
        mixinStandardHelpOptions = true,
        description = "Runs a whole application on a fresh engine and recounts what came out.",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:every check holds",
            "1:a check is broken",
            "2:the command line is wrong",
            "3:this machine lacks something that the scenario needs"
        })
public final class Scenarios implements Callable<Integer> {
    static final List<Scenario> ALL = List.of(
            new OrdersScenario(),
            new ProductsScenario(),
            new LogsScenario(),
            new MigrationScenario(),
            new FanOutScenario(),
            new WeatherScenario(),
            new SensorsScenario(),
            new EtlScenario());

    private static final int HOLDS = 0;
    private static final int BROKEN = 1;
    private static final int UNAVAILABLE = 3;
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "one of those that `list` prints; or list")
    private String name;

    @Option(
            names = "--size",
            description = "S (seconds), M (minutes), L (default ${DEFAULT-VALUE})")
    private Size size = Size.S;

    @Option(names = "--seed", description = "of the generated data (default ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--folder",
            description = "where a folder is made for data, which is deleted at the end"
                    + " (default the system's for temporary files)")
    private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--json", description = "the last line of the output is one JSON object")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private Instant shownAt = Instant.now();

    private Scenarios() {}

    public static void main(String[] arguments) {
        var line = new CommandLine(new Scenarios()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (name.equals("list")) {
            ALL.forEach(one -> System.out.printf("%-10s %s%n", one.name(), one.about()));
            return HOLDS;
        }
        Scenario scenario = ALL.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(this::unknown);
        System.out.printf("%s, size %s, seed %d%n", scenario.name(), size, seed);
        try {
            Report report = run(scenario, size, seed, folder, System.out::println, this::show);
            return conclude(report);
        } catch (Unavailable missing) {
            System.err.println("mapwright: scenario " + name + ": " + missing.getMessage());
            return UNAVAILABLE;
        }
    }

    private ParameterException unknown() {
        String names = ALL.stream().map(Scenario::name).collect(Collectors.joining(", "));
        return new ParameterException(
                spec.commandLine(),
                "There is no scenario '%s'. There are: %s.".formatted(name, names));
    }

    private int conclude(Report report) {
        int broken = report.broken().size();
        System.out.println(
                broken == 0
                        ? "All %d checks hold.".formatted(report.checks())
                        : "%d of %d checks are broken.".formatted(broken, report.checks()));
        if (json) {
            System.out.println(report.json());
        }
        return broken == 0 ? HOLDS : BROKEN;
    }

    /// A line every few seconds, on standard error.
    private void show(Progress progress) {
        Instant now = Instant.now();
        if (now.isAfter(shownAt.plus(PROGRESS_EVERY))) {
            shownAt = now;
            System.err.println(progress.line());
        }
    }

    /// @param parent of the folder that is made for all data, and deleted
    static Report run(
            Scenario scenario,
            Size size,
            long seed,
            Path parent,
            Consumer<String> lines,
            Consumer<Progress> progress)
            throws Exception {
        var report = new Report(scenario.name(), size, lines);
        Path folder = Files.createTempDirectory(parent, "mapwright-" + scenario.name());
        try (var stage = new Stage(scenario.settings(size), folder, size, seed, progress)) {
            scenario.run(stage, report);
            report.part("all the while");
            report.equal("looks at counts that did not add up", 0L, stage.unbalanced());
            report.figure("peak resident set of the engine", stage.residentPeakMebibytes(), "MiB");
        }
        return report;
    }
}
