package dev.mapwright.scenarios;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.scenarios.Scenario.Unavailable;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;

class DatabasesTest {
    @TempDir
    Path folder;

    @Test
    void bothServersEndWhenNobodyHoldsTheInputOfTheirKeeperAnyMore() throws Exception {
        Databases databases = started();
        databases.source().close();
        databases.target().close();

        databases.keeper().getOutputStream().close();
        databases.keeper().waitFor();

        assertThrows(SQLException.class, databases::source);
        assertThrows(SQLException.class, databases::target);
    }

    private Databases started() throws Exception {
        try {
            return Databases.start(folder);
        } catch (Unavailable missing) {
            return Assumptions.abort(missing.getMessage());
        }
    }
}
