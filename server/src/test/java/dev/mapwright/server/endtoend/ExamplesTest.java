package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The examples and the commands of the README do what they say, with the machine's own AWS CLI.
class ExamplesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern COMMANDS = Pattern.compile("(?s)```sh\n(.*?)```");

    @TempDir
    static Path folder;

    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        for (String tool : List.of("aws", "python3")) {
            assumeTrue(isThere(tool), "no " + tool + " on this machine");
        }
        served = Served.on(folder.resolve("data"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (served != null) {
            served.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            orders         | (?s)SUCCEEDED\\n.*/manifest.json.*\\n250\\n
            word-count     | SUCCEEDED\\n\\["the 19","and 6","on 4","boat 3","is 3"]\\n
            hot-sensors    | (?s)SUCCEEDED\\n\\{"told":3}\\n\\{"device":"attic","celsius":41.7}\\n.*
            table-copy     | SUCCEEDED\\n\\{"copied":40}\\n40\\n
            trip-saga      | (?s)SUCCEEDED\\n.*FAILED\\nSoldOut: there is no car left; cancelled hotel.*
            approval       | asked: .*\\nSUCCEEDED\\n\\{"approvedBy":"Grace"}\\n
            failure-alerts | (?s)FAILED\\nNoFile: .*"detail-type":"Step Functions Execution Status Change".*
            """)
    void anExampleRuns(String name, String expected) throws Exception {
        String output = run(ROOT, ROOT.resolve("examples/" + name + "/run").toString());
        assertTrue(output.matches(expected), output);
    }

    @Test
    void noExampleIsLeftOut() throws Exception {
        try (Stream<Path> runs = Files.walk(ROOT.resolve("examples"), 2)) {
            assertEquals(
                    "approval failure-alerts hot-sensors orders table-copy trip-saga word-count",
                    runs.filter(file -> file.endsWith("run"))
                            .map(file -> file.getParent().getFileName().toString())
                            .sorted()
                            .collect(Collectors.joining(" ")));
        }
    }

    /// Typed into one shell, one after the other; only the port is another.
    @Test
    void theCommandsOfTheReadmeRunAsWritten() throws Exception {
        Path copy = Files.createDirectories(folder.resolve("clone/examples/orders"));
        for (String file : List.of("orders.csv", "orders.asl.json")) {
            Files.copy(ROOT.resolve("examples/orders").resolve(file), copy.resolve(file));
        }
        String commands = COMMANDS.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(MatchResult::group)
                .map(block -> block.replace("```sh", "").replace("```", ""))
                .collect(Collectors.joining());
        try (var own = Served.on(folder.resolve("readme"))) {
            String output = run(
                    folder.resolve("clone"),
                    "sh",
                    "-ec",
                    commands.replace("http://127.0.0.1:4566", own.endpoint().toString()));
            assertTrue(output.contains("\"executionArn\""), output);
            assertTrue(output.endsWith("{\"hello\": \"you\"}"), output);
        }
    }

    private static String run(Path in, String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().put("AWS_ENDPOINT_URL", served.endpoint().toString());
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        Ended ended = Ended.of(builder.start());
        assertEquals(0, ended.status(), ended.output());
        return ended.output();
    }

    private static boolean isThere(String tool) throws InterruptedException {
        try {
            return new ProcessBuilder(tool, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
