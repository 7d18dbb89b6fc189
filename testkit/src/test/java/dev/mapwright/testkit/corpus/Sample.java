package dev.mapwright.testkit.corpus;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One definition of `examples/corpus`: `NAME.asl.json`, with `NAME.input.json` and
/// `NAME.diagnostics.txt` beside it where it has an input of its own or is not accepted in silence.
/// Whoever's name holds `express` is of that type.
record Sample(String name, Path folder) {
    private static final Path CORPUS = Path.of("..", "examples", "corpus");
    private static final String DEFINITION = ".asl.json";

    /// By name, those in folders last.
    static List<Sample> all() {
        try (Stream<Path> files = Files.walk(CORPUS)) {
            return files.filter(file -> file.toString().endsWith(DEFINITION))
                    .sorted()
                    .map(file -> new Sample(
                            file.getFileName().toString().replace(DEFINITION, ""),
                            file.getParent()))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Execution.Type type() {
        return name.contains("express") ? Execution.Type.EXPRESS : Execution.Type.STANDARD;
    }

    String definition() {
        return read(DEFINITION);
    }

    /// `SEVERITY CODE: message at location`, as expected.
    List<String> diagnostics() {
        return Files.exists(file(".diagnostics.txt"))
                ? read(".diagnostics.txt").lines().toList()
                : List.of();
    }

    boolean isRefused() {
        return diagnostics().stream().anyMatch(line -> line.startsWith("ERROR "));
    }

    /// What it is run with: nothing in particular, and its own.
    List<Json> inputs() {
        var inputs = new ArrayList<>(List.of(Json.EMPTY_OBJECT));
        if (Files.exists(file(".input.json"))) {
            inputs.add(Json.ofText(read(".input.json")));
        }
        return inputs;
    }

    /// Whether it needs nothing but the engine.
    boolean isSelfContained() {
        return Stream.of("\"Task\"", "\"ItemReader\"", "\"ResultWriter\"")
                .noneMatch(definition()::contains);
    }

    private Path file(String kind) {
        return folder.resolve(name + kind);
    }

    private String read(String kind) {
        try {
            return Files.readString(file(kind));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
