package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the launcher says by itself, without Java or Maven.
class LauncherTest {
    private static final Path LAUNCHER = Path.of("").toAbsolutePath().resolveSibling("mapwright");

    @ParameterizedTest
    @ValueSource(strings = {"test", "format"})
    void commandsOfMavenHaveAHelpOfTheirOwn(String command) throws Exception {
        Ended help = run(command, "--help");
        assertEquals(0, help.status(), help.output());
        assertTrue(help.output().startsWith("Usage: ./mapwright " + command), () -> help.output());
    }

    @Test
    void formatTakesNothing() throws Exception {
        Ended refused = run("format", "server");
        assertEquals(2, refused.status(), refused.output());
        assertTrue(
                refused.output().endsWith("mapwright: format takes nothing, not 'server'.\n"),
                () -> refused.output());
    }

    @Test
    void aCommandThatIsNotThereIsNamed() throws Exception {
        Ended refused = run("sreve");
        assertEquals(2, refused.status(), refused.output());
        assertTrue(
                refused.output().endsWith("mapwright: there is no command 'sreve'.\n"),
                () -> refused.output());
    }

    private static Ended run(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("sh", LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        return Ended.of(new ProcessBuilder(command).redirectErrorStream(true).start());
    }
}
