package dev.mapwright.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.scenarios.Scenario.Unavailable;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Every scenario at size S.
class ScenariosTest {
    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyCheckHolds() {
        return Scenarios.ALL.stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> holds(scenario)));
    }

    private void holds(Scenario scenario) throws Exception {
        try {
            var report =
                    Scenarios.run(scenario, Size.S, 1, folder, System.out::println, progress -> {});
            assertTrue(report.checks() > 0);
            assertEquals(List.of(), report.broken());
        } catch (Unavailable missing) {
            Assumptions.abort(missing.getMessage());
        }
    }
}
