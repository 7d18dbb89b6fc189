package dev.mapwright.scenarios;

import dev.mapwright.scenarios.Scenario.Unavailable;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A MariaDB and a PostgreSQL of the scenario's own, on loopback, from binaries that Maven has.
/// They end with this process at the latest.
///
/// @param keeper a [TetheredDatabases], which keeps them
/// @param sourceUrl for JDBC
/// @param targetUrl for JDBC
record Databases(Process keeper, String sourceUrl, String targetUrl) implements AutoCloseable {
    private static final String HEAP = "-Xmx128m";
    private static final int STOP_SECONDS_MAX = 60;

    /// @param folder for all that they need and keep
    static Databases start(Path folder) throws IOException, Unavailable {
        var command =
                Tether.command(TetheredDatabases.class, List.of(HEAP), List.of(folder.toString()));
        Process keeper = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] urls = Tether.said(keeper, TetheredDatabases.READY)
                .orElseThrow(() -> new Unavailable(
                        "needs MariaDB and PostgreSQL, whose binaries are brought for Linux on x86-64;"
                                + " starting them failed, and why is said above"))
                .split(" ");
        return new Databases(keeper, urls[0], urls[1]);
    }

    Connection source() throws SQLException {
        return DriverManager.getConnection(sourceUrl);
    }

    Connection target() throws SQLException {
        return DriverManager.getConnection(targetUrl);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        keeper.getOutputStream().close();
        if (!keeper.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
            keeper.destroyForcibly();
        }
    }
}
