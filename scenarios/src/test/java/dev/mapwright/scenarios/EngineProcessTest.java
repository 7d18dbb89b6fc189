package dev.mapwright.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

class EngineProcessTest {
    @TempDir
    Path folder;

    @Test
    void anEngineEndsWhenNobodyHoldsItsInputAnyMore() throws Exception {
        var place = EngineProcess.Place.in(folder, Map.of());
        Process engine = new ProcessBuilder(EngineProcess.command(place))
                .redirectErrorStream(true)
                .start();
        try (var lines = engine.inputReader()) {
            assertTrue(lines.lines().anyMatch(line -> line.startsWith("Mapwright is ready at ")));
            engine.getOutputStream().close();
            assertEquals(1, engine.waitFor());
        } finally {
            engine.destroyForcibly();
        }
    }
}
