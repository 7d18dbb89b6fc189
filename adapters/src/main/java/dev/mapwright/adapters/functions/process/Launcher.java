package dev.mapwright.adapters.functions.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// Starts processes of functions, with the environment that Lambda gives them.
/// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
public final class Launcher {
    /// Variables that no function may set itself.
    public static final Set<String> RESERVED = Set.of(
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
            "AWS_DEFAULT_REGION",
            "AWS_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_RUNTIME_API",
            "LAMBDA_TASK_ROOT",
            "LAMBDA_RUNTIME_DIR");

    /// What code for a runtime of its own begins with.
    private static final String BOOTSTRAP = "bootstrap";

    private static final List<String> BOOTSTRAPS =
            List.of("bootstrap.py", "bootstrap.mjs", "guard.sh");

    /// What a process needs of this one's environment to find its own files.
    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "LD_LIBRARY_PATH", "TMPDIR", "NODE_PATH");

    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";

    /// Of a function that has no key of its own. Its session token would spoil any other.
    private static final Map<String, String> DUMMY_KEY = Map.of(
            ACCESS_KEY, "local", "AWS_SECRET_ACCESS_KEY", "local", "AWS_SESSION_TOKEN", "local");

    /// The share of the memory setting that Lambda gives to heaps.
    private static final int HEAP_PERCENT = 85;

    private static final int HEAP_MEGABYTES_MIN = 64;
    private static final int PERCENT = 100;

    private final Path folder;
    private final String region;
    private final Supplier<Map<String, String>> variables;
    private final List<String> javaOptions;
    private final Interpreters interpreters = new Interpreters();

    /// @param folder for what processes begin with, which is written there
    /// @param variables that every function gets, to find the services of this server; asked for at
    ///     the first start
    public Launcher(Path folder, String region, Supplier<Map<String, String>> variables)
            throws IOException {
        this.folder = Files.createDirectories(folder).toAbsolutePath();
        this.region = region;
        this.variables = variables;
        for (String name : BOOTSTRAPS) {
            try (InputStream script = Launcher.class.getResourceAsStream(name)) {
                Files.copy(script, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        this.javaOptions = JavaClient.libraryOptions(this.folder);
    }

    /// What is missing on this machine for a runtime, as a sentence; empty where nothing is.
    public Optional<String> missing(RuntimeKind kind, String runtime) {
        return interpreters.missing(kind, runtime);
    }

    /// Why the code has nothing that could be started, in Lambda's words; empty where it has.
    Optional<String> missingEntrypoint(Program program) {
        boolean provided = RuntimeKind.of(program.runtime())
                .filter(kind -> kind == RuntimeKind.PROVIDED)
                .isPresent();
        Path bootstrap = program.folder().resolve(BOOTSTRAP);
        if (!provided) {
            return Optional.empty();
        }
        if (!Files.exists(bootstrap)) {
            return Optional.of("Couldn't find valid bootstrap(s): [/var/task/bootstrap]");
        }
        if (!Files.isExecutable(bootstrap)) {
            return Optional.of("fork/exec /var/task/bootstrap: permission denied");
        }
        return ExecutableFile.runsHere(bootstrap)
                ? Optional.empty()
                : Optional.of("fork/exec /var/task/bootstrap: exec format error");
    }

    Process start(Program program, String runtimeApi) throws IOException {
        RuntimeKind kind = RuntimeKind.of(program.runtime())
                .orElseThrow(() -> new IllegalStateException(
                        "expected a known runtime, found " + program.runtime()));
        var builder = new ProcessBuilder(command(kind, program))
                .directory(program.folder().toFile())
                .redirectErrorStream(true);
        fill(builder.environment(), program, runtimeApi);
        return builder.start();
    }

    private List<String> command(RuntimeKind kind, Program program) throws IOException {
        return switch (kind) {
            case PYTHON ->
                List.of(
                        interpreters.python(program.runtime()),
                        folder.resolve("bootstrap.py").toString());
            case NODE ->
                List.of(
                        interpreters.node(),
                        "--max-old-space-size=" + heapMegabytes(program),
                        folder.resolve("bootstrap.mjs").toString());
            case JAVA -> guarded(java(program));
            case PROVIDED -> guarded(List.of(program.folder().resolve(BOOTSTRAP).toString()));
        };
    }

    private List<String> java(Program program) throws IOException {
        var command = new ArrayList<>(List.of(
                interpreters.java(),
                "-Xmx" + heapMegabytes(program) + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(javaOptions);
        command.addAll(List.of(
                "-cp", JavaClient.classPath(program.folder()), JavaClient.MAIN, program.handler()));
        return command;
    }

    /// A process that would not notice the end of this one is ended by a script that does.
    private List<String> guarded(List<String> command) {
        var all = new ArrayList<>(List.of("/bin/sh", folder.resolve("guard.sh").toString()));
        all.addAll(command);
        return all;
    }

    private static int heapMegabytes(Program program) {
        return Math.max(HEAP_MEGABYTES_MIN, program.memoryMegabytes() * HEAP_PERCENT / PERCENT);
    }

    private void fill(Map<String, String> environment, Program program, String runtimeApi) {
        var inherited = Map.copyOf(environment);
        environment.clear();
        INHERITED.stream()
                .filter(inherited::containsKey)
                .forEach(name -> environment.put(name, inherited.get(name)));
        String task = program.folder().toAbsolutePath().toString();
        environment.put("LANG", "en_US.UTF-8");
        environment.put("TZ", ":UTC");
        environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + program.runtime());
        environment.put("AWS_REGION", region);
        environment.put("AWS_DEFAULT_REGION", region);
        if (!program.environment().containsKey(ACCESS_KEY)) {
            environment.putAll(DUMMY_KEY);
        }
        environment.putAll(variables.get());
        environment.putAll(program.environment());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", program.name());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", program.version());
        environment.put(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(program.memoryMegabytes()));
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", program.logGroup());
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream(program));
        environment.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        environment.put("LAMBDA_RUNTIME_DIR", folder.toString());
        environment.put("LAMBDA_TASK_ROOT", task);
        environment.put("_HANDLER", program.handler());
    }

    /// `2026/11/22/[$LATEST]6f1c…`
    private static String logStream(Program program) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return "%s/[%s]%s"
                .formatted(
                        today.toString().replace('-', '/'),
                        program.version(),
                        UUID.randomUUID().toString().replace("-", ""));
    }
}
