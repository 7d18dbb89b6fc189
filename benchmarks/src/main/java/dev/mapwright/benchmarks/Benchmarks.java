package dev.mapwright.benchmarks;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonObject;
import dev.mapwright.benchmarks.MapRunBenchmark.Workload;
import dev.mapwright.engine.store.Execution.Type;
import dev.mapwright.server.config.Configuration.Durability;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Runs the benchmarks whose names match, one after the other, each in a fresh JVM with the
/// product's options.
public final class Benchmarks {
    private static final long FEW = 100_000;
    private static final long MANY = 1_000_000;
    private static final long GIGA = 1_000_000_000;

    static final List<Benchmark> ALL = List.of(
            pass("pass-express-os-100k", Type.EXPRESS, Durability.OS, FEW, 3),
            pass("pass-express-fsync-100k", Type.EXPRESS, Durability.FSYNC, FEW, 3),
            pass("pass-standard-os-100k", Type.STANDARD, Durability.OS, FEW, 3),
            pass("pass-standard-fsync-100k", Type.STANDARD, Durability.FSYNC, FEW, 3),
            pass("pass-express-fsync-1m", Type.EXPRESS, Durability.FSYNC, MANY, 1),
            pass("pass-standard-fsync-1m", Type.STANDARD, Durability.FSYNC, MANY, 1),
            new MapRunBenchmark(
                    "jsonata-express-fsync-100k",
                    new Workload(Processor.JSONATA, Type.EXPRESS, Durability.FSYNC, FEW, 3)),
            new MapRunBenchmark(
                    "jsonata-standard-fsync-100k",
                    new Workload(Processor.JSONATA, Type.STANDARD, Durability.FSYNC, FEW, 3)),
            new MapRunBenchmark(
                    "put-item-express-fsync-100k",
                    new Workload(Processor.PUT_ITEM, Type.EXPRESS, Durability.FSYNC, FEW, 3)),
            new MapRunBenchmark(
                    "orders-express-fsync-100k",
                    new Workload(Processor.ORDERS, Type.EXPRESS, Durability.FSYNC, FEW, 3)),
            new PutItems(),
            new WaitingChildren(Type.EXPRESS),
            new WaitingChildren(Type.STANDARD),
            new Visibility("visibility-100k", 100_000),
            new Visibility("visibility-1m", 1_000_000),
            new Survival("survival-20k", Type.EXPRESS, 20_000, 5, 1),
            new Survival("survival-standard-1m", Type.STANDARD, 1_000_000, 6, 1),
            new Survival("survival-express-1m", Type.EXPRESS, 1_000_000, 6, 2),
            new JavaInvocations(),
            new PythonInvocations(),
            new SdkOverhead(),
            new ServeStart(),
            new StoreCommits(Durability.FSYNC),
            new StoreCommits(Durability.OS),
            new ReadText(LargeText.CSV, GIGA, "1gb"),
            new ReadText(LargeText.CSV, 10 * GIGA, "10gb"),
            new ReadText(LargeText.JSON, GIGA / 5, "200mb"),
            new ReadText(LargeText.JSON, 2 * GIGA, "2gb"),
            new ReadText(LargeText.JSON_UNDER_A_POINTER, GIGA / 5, "200mb"),
            new ReadText(LargeText.JSON_UNDER_A_POINTER, 2 * GIGA, "2gb"),
            new ReadText(LargeText.JSON_LINES, GIGA / 5, "200mb"),
            ReadParquet.PLAIN_ROWS,
            ReadParquet.NESTED_ROWS,
            new ManyObjects(ManyObjects.Kind.LISTED, 100_000, "100k"),
            new ManyObjects(ManyObjects.Kind.LISTED, 1_000_000, "1m"),
            new ManyObjects(ManyObjects.Kind.FLATTENED, 56_000, "56k"),
            new ManyObjects(ManyObjects.Kind.FLATTENED, 560_000, "560k"));

    private Benchmarks() {}

    private static Benchmark pass(
            String name, Type type, Durability durability, long items, int rounds) {
        return new MapRunBenchmark(
                name, new Workload(Processor.PASS, type, durability, items, rounds));
    }

    /// `[--json] [PATTERN]`, and from itself `--alone NAME`.
    public static void main(String[] arguments) throws Exception {
        var rest = new ArrayList<>(List.of(arguments));
        var home = Path.of(System.getProperty("bench.home", "."));
        var folder = Path.of(System.getProperty("bench.folder", "target/bench"));
        if (rest.size() == 2 && rest.getFirst().equals("--alone")) {
            alone(rest.getLast(), new Workbench(folder, home));
            return;
        }
        boolean json = rest.remove("--json");
        if (rest.size() > 1) {
            refuse("takes one pattern, but was given %s. The names are:".formatted(rest));
        }
        var chosen = chosen(rest.isEmpty() ? ".*" : rest.getFirst());
        var results = new ArrayList<Object>();
        for (Benchmark benchmark : chosen) {
            results.add(inFreshProcess(benchmark, folder));
        }
        if (json) {
            System.out.println(Json.of(results).text());
        }
    }

    private static List<Benchmark> chosen(String pattern) {
        try {
            var names = Pattern.compile(pattern);
            var chosen = ALL.stream()
                    .filter(benchmark -> names.matcher(benchmark.name()).find())
                    .toList();
            if (chosen.isEmpty()) {
                refuse("has no name that matches '%s'. There are:".formatted(pattern));
            }
            return chosen;
        } catch (PatternSyntaxException invalid) {
            refuse("cannot read the pattern '%s': %s. The names are:"
                    .formatted(pattern, invalid.getDescription()));
            throw invalid;
        }
    }

    private static void refuse(String why) {
        System.err.println("mapwright: bench " + why);
        ALL.forEach(benchmark ->
                System.err.printf("  %-28s %s%n", benchmark.name(), benchmark.about()));
        System.exit(2);
    }

    private static JsonObject inFreshProcess(Benchmark benchmark, Path folder)
            throws IOException, InterruptedException {
        System.err.println(benchmark.name() + ": " + benchmark.about());
        Files.createDirectories(folder);
        var process = new ProcessBuilder(JavaCommand.of(
                        List.of(Benchmarks.class.getName(), "--alone", benchmark.name())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var figures = new ArrayList<Figure>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                figures.add(Figure.of(Json.ofText(line)));
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("%s ended with status %d; its messages are above"
                    .formatted(benchmark.name(), process.exitValue()));
        }
        figures.forEach(figure -> System.out.println(figure.line()));
        return JsonObject.of(Map.of(
                "name",
                benchmark.name(),
                "figures",
                figures.stream().map(Figure::json).toList()));
    }

    private static void alone(String name, Workbench workbench) throws Exception {
        var benchmark = ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        var folder = Files.createTempDirectory(workbench.folder(), name);
        try {
            var figures = benchmark.run(new Workbench(folder, workbench.home()));
            figures.forEach(figure -> System.out.println(Json.of(figure.json()).text()));
        } finally {
            Workbench.clear(folder);
        }
    }
}
