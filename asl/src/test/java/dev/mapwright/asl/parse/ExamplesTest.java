package dev.mapwright.asl.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The definitions that a reader of this project sees first.
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsAcceptedWithoutAWarning(Path example) throws IOException {
        boolean express = example.getFileName().toString().contains("express");

        assertEquals(List.of(), Parser.parse(Files.readString(example), express).diagnostics());
    }

    /// Those that have their diagnostics beside them are looked at with the whole corpus.
    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".asl.json"))
                    .filter(file -> !Files.exists(
                            Path.of(file.toString().replace(".asl.json", ".diagnostics.txt"))))
                    .sorted()
                    .toList();
        }
    }
}
