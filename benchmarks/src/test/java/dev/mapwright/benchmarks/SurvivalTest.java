package dev.mapwright.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.engine.store.Execution.Type;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// A small one of the runs that `./mapwright bench survival` makes.
class SurvivalTest {
    @TempDir
    Path folder;

    @Test
    void everyItemIsThereOnceHoweverOftenTheEngineIsKilled() throws Exception {
        var survival = new Survival("survival", Type.STANDARD, 20_000, 5, 3);

        var figures = survival.run(new Workbench(folder, folder));

        assertEquals(7, figures.getFirst().value());
    }
}
