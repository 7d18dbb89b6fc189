package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// What AWS was recorded to answer, replayed against a server. The cases lie beside the checkout;
/// without them there is nothing to do.
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ConformanceTest {
    private static final int REPLAY_MINUTES_MAX = 20;
    private static final Path CASES = Path.of("..", "..", "shared", "conformance");

    @TempDir
    Path folder;

    @Test
    void everyRecordedCaseHoldsButThoseThatAreExplained() throws Exception {
        assumeTrue(
                Files.exists(CASES.resolve("replay.py")),
                "there are no recorded cases in " + CASES + ", so none are replayed");
        Set<String> explained = explained();
        try (var served = Served.on(folder.resolve("data"))) {
            Map<String, Set<String>> all = replay(served, List.of());
            assertTrue(all.get("passed").size() > explained.size(), "passed: " + all.get("passed"));
            var failed = new TreeSet<>(all.get("failed"));
            failed.removeAll(explained);
            // A second time alone, for a case may have missed its time on a busy machine.
            for (String one : List.copyOf(failed)) {
                String id = one.substring(one.indexOf('/') + 1);
                if (replay(served, List.of("-k", id)).get("failed").isEmpty()) {
                    failed.remove(one);
                }
            }
            assertEquals(Set.of(), failed, "./mapwright conform -k ID shows what differs");
        }
    }

    /// The cases by status, as `area/id`.
    private Map<String, Set<String>> replay(Served served, List<String> options) throws Exception {
        Path report = Files.createTempFile(folder, "report", ".json");
        Path output = Files.createTempFile(folder, "replay", ".txt");
        String endpoint = served.endpoint().toString();
        var command = new ArrayList<>(List.of("python3", "replay.py"));
        for (String service : List.of("sfn", "s3", "dynamodb", "lambda", "sqs", "sns", "events")) {
            command.addAll(List.of("--" + service + "-endpoint", endpoint));
        }
        command.addAll(List.of("--account", "123456789012", "--region", "us-east-1"));
        command.addAll(List.of("--have", "secretsmanager", "--have", "apigateway"));
        command.addAll(List.of("--jobs", "4", "--timeout", "60", "--json", report.toString()));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .directory(CASES.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(
                process.waitFor(REPLAY_MINUTES_MAX, TimeUnit.MINUTES),
                "the replay takes more than " + REPLAY_MINUTES_MAX + " minutes");
        assertTrue(Files.size(report) > 0, () -> text(output));
        var cases =
                (List<?>) ((Map<?, ?>) Json.parse(Files.readString(report)).value()).get("cases");
        Map<String, Set<String>> byStatus = cases.stream()
                .map(one -> (Map<?, ?>) one)
                .collect(Collectors.groupingBy(
                        one -> (String) one.get("status"),
                        Collectors.mapping(
                                one -> one.get("area") + "/" + one.get("id"),
                                Collectors.toCollection(TreeSet::new))));
        return Map.of(
                "passed", byStatus.getOrDefault("passed", Set.of()),
                "failed", byStatus.getOrDefault("failed", Set.of()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static Set<String> explained() throws IOException {
        try (InputStream in =
                ConformanceTest.class.getResourceAsStream("/conformance-failures.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .collect(Collectors.toSet());
        }
    }
}
