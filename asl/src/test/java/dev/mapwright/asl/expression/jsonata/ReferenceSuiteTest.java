package dev.mapwright.asl.expression.jsonata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The JSONata project's own test suite, where its data is: in a folder `shared` beside the
/// checkout. `known-failures.txt` names the cases that fail, each with its reason.
class ReferenceSuiteTest {
    private static final Path SUITE = Path.of("")
            .toAbsolutePath()
            .resolve("../../shared/conformance/jsonata")
            .normalize();

    private final Map<String, Json> datasets = new HashMap<>();

    private sealed interface Outcome {
        record Value(Json json) implements Outcome {}

        record Undefined() implements Outcome {}

        record Failed(String message) implements Outcome {}
    }

    @Test
    void failsInExactlyTheKnownCases() throws Exception {
        assumeTrue(Files.isDirectory(SUITE), "The JSONata suite isn't there: " + SUITE);
        var failures = new TreeMap<String, String>();
        for (Path file : files()) {
            Object content = read(file).value();
            List<?> cases = content instanceof List<?> list ? list : List.of(content);
            for (int i = 0; i < cases.size(); i++) {
                String name =
                        SUITE.resolve("groups").relativize(file).toString().replace(".json", "")
                                + (cases.size() > 1 ? "#" + i : "");
                String failure = run(file, (Map<?, ?>) cases.get(i));
                if (!failure.isEmpty()) {
                    failures.put(name, failure);
                }
            }
        }
        var known = knownFailures();
        var unexpected = new TreeMap<>(failures);
        unexpected.keySet().removeAll(known);
        known.removeAll(failures.keySet());
        assertEquals(
                "",
                String.join(
                        "\n",
                        unexpected.entrySet().stream().map(Object::toString).toList()));
        assertEquals("[]", known.toString(), "These pass now: take them from the list");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(SUITE.resolve("groups"))) {
            return all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private TreeSet<String> knownFailures() throws IOException {
        var names = new TreeSet<String>();
        try (var stream = ReferenceSuiteTest.class.getResourceAsStream("known-failures.txt")) {
            new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> names.add(line.strip()));
        }
        return names;
    }

    /// Empty when the case passes, else what was expected and what came.
    private String run(Path file, Map<?, ?> testCase) throws Exception {
        String expression = testCase.containsKey("expr")
                ? (String) testCase.get("expr")
                : Files.readString(file.resolveSibling((String) testCase.get("expr-file")));
        Outcome outcome =
                evaluate(expression, input(testCase), (Map<?, ?>) testCase.get("bindings"));
        boolean passes =
                switch (outcome) {
                    case Outcome.Value(Json json) ->
                        testCase.containsKey("result")
                                && same(testCase, json.value(), testCase.get("result"));
                    case Outcome.Undefined() -> testCase.containsKey("undefinedResult");
                    case Outcome.Failed(String message) -> isExpected(testCase, message);
                };
        return passes
                ? ""
                : "%s -> %s"
                        .formatted(expression.replaceAll("\\s+", " "), outcome)
                        .replaceAll("[^ -~]", "?");
    }

    private static boolean isExpected(Map<?, ?> testCase, String message) {
        if ("U1001".equals(testCase.get("code"))) {
            return message.startsWith("Stack overflow error:")
                    || message.startsWith("Expression evaluation timeout:");
        }
        if (testCase.get("error") instanceof Map<?, ?> error) {
            return message.startsWith(String.valueOf(error.get("code")));
        }
        return testCase.get("code") instanceof String code && message.startsWith(code);
    }

    private static boolean same(Map<?, ?> testCase, Object found, Object expected) {
        if (Boolean.TRUE.equals(testCase.get("unordered"))
                && found instanceof List<?> left
                && expected instanceof List<?> right) {
            return sorted(left).equals(sorted(right));
        }
        return Json.of(found).equals(Json.of(expected));
    }

    private static List<String> sorted(List<?> list) {
        return list.stream().map(element -> Json.of(element).text()).sorted().toList();
    }

    private Outcome evaluate(String expression, Optional<Json> input, Map<?, ?> bindings) {
        try {
            var values = new HashMap<String, Object>();
            if (bindings != null) {
                bindings.forEach((name, value) -> values.put((String) name, Views.of(value)));
            }
            var bounds = new Bounds(Instant.now(), new SplittableRandom(1));
            return Program.compile(expression)
                    .evaluate(input, values, bounds)
                    .<Outcome>map(Outcome.Value::new)
                    .orElse(new Outcome.Undefined());
        } catch (Results.Unsupported e) {
            return new Outcome.Failed("unsupported result type");
        } catch (QueryError e) {
            return new Outcome.Failed(e.getMessage());
        }
    }

    private Optional<Json> input(Map<?, ?> testCase) throws Exception {
        if (testCase.get("dataset") instanceof String name) {
            if (!datasets.containsKey(name)) {
                datasets.put(name, read(SUITE.resolve("datasets").resolve(name + ".json")));
            }
            return Optional.of(datasets.get(name));
        }
        return testCase.containsKey("data")
                ? Optional.of(Json.of(testCase.get("data")))
                : Optional.empty();
    }

    private static Json read(Path file) throws IOException, JsonSyntaxException {
        return Json.parse(Files.readString(file));
    }
}
