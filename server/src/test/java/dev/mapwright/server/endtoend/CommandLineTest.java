package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.client.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

/// The commands as a user types them.
class CommandLineTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"express", "standard"})
    void demoMovesEveryOrderAndSaysSo(String children) throws Exception {
        Ended demo = run(
                "demo",
                "orders",
                "--rows",
                "1000",
                "--json",
                "--children",
                children,
                "--data",
                folder.resolve("demo").toString());
        assertEquals(0, demo.status(), demo.output());
        Answer summary = Answer.of(Json.parse(demo.lastLine()));
        assertEquals(1000, summary.number("rows"));
        assertEquals(1000, summary.number("items"));
        assertEquals(1000, summary.number("succeeded"));
        assertEquals(0, summary.number("failed"));
        assertEquals(10, summary.number("children"));
        assertEquals(1000, summary.number("tableItems"));
        assertTrue(summary.text("results").endsWith("/manifest.json"));
    }

    @Test
    void demoLeavesAFolderOfSomebodyElseAlone() throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "precious");
        Ended demo = run("demo", "orders", "--rows", "10", "--data", folder.toString());
        assertEquals(1, demo.status());
        assertEquals(
                "mapwright: The folder " + folder + " holds something that the demo did not write."
                        + " Name another one with --data, or empty it.",
                demo.lastLine());
    }

    @Test
    void runPrintsTheOutput() throws Exception {
        Path file = write(
                "{\"StartAt\":\"Add\",\"QueryLanguage\":\"JSONata\",\"States\":{\"Add\":{\"Type\":\"Pass\","
                        + "\"Output\":\"{% $states.input.a + 1 %}\",\"End\":true}}}");
        Ended ended = run("run", file.toString(), "--input", "{\"a\": 41}");
        assertEquals(new Ended(0, "42\n"), ended);
    }

    @Test
    void runSaysWhyAnExecutionFailed() throws Exception {
        Path file = write(
                "{\"StartAt\":\"No\",\"States\":{\"No\":{\"Type\":\"Fail\",\"Error\":\"Wrong\",\"Cause\":\"all of it\"}}}");
        assertEquals(
                new Ended(1, "The execution ended FAILED. Wrong: all of it\n"),
                run("run", file.toString()));
    }

    @Test
    void validateNamesFileAndLocation() throws Exception {
        Path file = write("{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\"}}}");
        Ended ended = run("validate", file.toString());
        assertEquals(1, ended.status());
        assertTrue(ended.output().startsWith(file + ": /States/A: error: "), ended.output());
    }

    @Test
    void serveStopsCleanlyOnSigterm() throws Exception {
        try (var served = Served.on(folder)) {
            assertEquals(0, served.stop());
        }
    }

    @Test
    void serveSaysThatADataFolderIsInUse() throws Exception {
        try (var _ = Served.on(folder)) {
            Ended second = run("serve", "--port", "0", "--data", folder.toString());
            assertEquals(1, second.status());
            assertTrue(second.lastLine().contains(folder.toString()), second.output());
            assertFalse(second.output().contains("\tat "), second.output());
        }
    }

    @Test
    void serveSaysThatAPortIsInUse() throws Exception {
        try (var first = Served.on(folder.resolve("one"))) {
            String port = Integer.toString(first.endpoint().getPort());
            Ended second =
                    run("serve", "--port", port, "--data", folder.resolve("two").toString());
            assertEquals(
                    "mapwright: Port " + port + " of 127.0.0.1 is in use by another program."
                            + " Stop that one, or choose another port with --port.",
                    second.lastLine());
        }
    }

    private Path write(String definition) throws Exception {
        return Files.writeString(folder.resolve("machine.asl.json"), definition);
    }

    private static Ended run(String... arguments) throws Exception {
        return Ended.of(Served.process(arguments));
    }
}
