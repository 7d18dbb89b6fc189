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

    @ParameterizedTest
    @ValueSource(strings = {"4x", "4gb", "4 g", "-4g", "0g", "g", "512"})
    void aHeapThatIsNoNumberOfMegabytesOrGigabytesIsRefused(String heap) throws Exception {
        Ended refused = runWithHeap(heap, "help");
        assertEquals(1, refused.status(), refused.output());
        assertEquals(
                ("mapwright: MAPWRIGHT_HEAP is '%s'. It takes a whole number of megabytes or gigabytes, "
                                + "as in 512m or 4g.\n")
                        .formatted(heap),
                refused.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"512m", "4g", "4096M", "10G", ""})
    void aHeapInMegabytesOrGigabytesIsTaken(String heap) throws Exception {
        Ended help = runWithHeap(heap, "help");
        assertEquals(0, help.status(), help.output());
    }

    private static Ended run(String... arguments) throws Exception {
        return Ended.of(launcher(arguments).start());
    }

    private static Ended runWithHeap(String heap, String... arguments) throws Exception {
        ProcessBuilder launcher = launcher(arguments);
        launcher.environment().put("MAPWRIGHT_HEAP", heap);
        return Ended.of(launcher.start());
    }

    private static ProcessBuilder launcher(String... arguments) {
        var command = new ArrayList<>(List.of("sh", LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }
}
