package dev.mapwright.adapters.functions.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The programs on this machine that run functions. Each is asked once where it really is, for what
/// the PATH names may be a script that looks for it at every start.
final class Interpreters {
    private static final long ANSWER_SECONDS_MAX = 30;

    /// At most one for each name that a runtime can have.
    private final Map<String, String> found = new ConcurrentHashMap<>();

    /// What is missing for a runtime, as a sentence.
    Optional<String> missing(RuntimeKind kind, String runtime) {
        return switch (kind) {
            case PYTHON -> missing(runtime, pythonNames(runtime));
            case NODE -> missing(runtime, List.of("node"));
            case JAVA, PROVIDED -> Optional.empty();
        };
    }

    /// The one of the very version, or else whichever Python 3 there is.
    String python(String runtime) throws IOException {
        return located(runtime, pythonNames(runtime), "-c", "import sys; print(sys.executable)");
    }

    String node() throws IOException {
        return located("nodejs", List.of("node"), "-p", "process.execPath");
    }

    /// The one that runs this process.
    String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> pythonNames(String runtime) {
        return List.of(runtime, "python3");
    }

    private static Optional<String> missing(String runtime, List<String> names) {
        return names.stream().anyMatch(name -> onPath(name).findAny().isPresent())
                ? Optional.empty()
                : Optional.of(
                        "The runtime %s needs %s on the PATH of the server, and there is none."
                                .formatted(runtime, String.join(" or ", names)));
    }

    private String located(String runtime, List<String> names, String... question)
            throws IOException {
        String known = found.get(runtime);
        if (known != null) {
            return known;
        }
        List<String> candidates = names.stream().flatMap(Interpreters::onPath).toList();
        for (String candidate : candidates) {
            Optional<String> answer = ask(candidate, question);
            if (answer.isPresent()) {
                found.put(runtime, answer.get());
                return answer.get();
            }
        }
        throw new IOException(missing(runtime, names)
                .orElse("The runtime %s needs one of %s, but none of them runs."
                        .formatted(runtime, candidates)));
    }

    private static Stream<String> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString);
    }

    /// Where the program says it is; empty if it doesn't run.
    private static Optional<String> ask(String program, String... question) throws IOException {
        var command = Stream.concat(Stream.of(program), Stream.of(question)).toList();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            boolean ended = process.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                return Optional.empty();
            }
            byte[] answer = process.getInputStream().readAllBytes();
            return Optional.of(new String(answer, StandardCharsets.UTF_8).strip())
                    .filter(path -> Files.isExecutable(Path.of(path)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while %s was asked where it is".formatted(program));
        } finally {
            process.destroyForcibly();
        }
    }
}
