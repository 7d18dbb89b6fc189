package dev.mapwright.scenarios.etl;

import org.postgresql.PGConnection;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Extracts a table of MariaDB into CSV files in S3, and loads such files into PostgreSQL: into the
/// schema `dataimport` first, which takes the place of the old table when all is there.
public final class EtlFunctions {
    private static final String SOURCE = "etl-source";
    private static final int FETCHED_ROWS = 1_000;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final String COPY =
            "COPY dataimport.%s FROM STDIN WITH (FORMAT csv, HEADER, NULL 'NULL', ESCAPE '\\')";

    private final Services services = new Services();

    /// `{"table", "rowsPerFile"}`
    public Map<String, Object> extract(Map<String, Object> event)
            throws SQLException, IOException, InterruptedException {
        String table = table(event);
        int rowsPerFile = ((Number) event.get("rowsPerFile")).intValue();
        int files = 0;
        try (Connection source = DriverManager.getConnection(services.parameter("/etl/source"));
                Statement statement = source.createStatement()) {
            statement.setFetchSize(FETCHED_ROWS);
            try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                var text = new StringBuilder();
                int inFile = 0;
                while (rows.next()) {
                    text.append(inFile == 0 ? header(rows) : "").append(line(rows));
                    if (++inFile == rowsPerFile) {
                        put(table, files++, text);
                        inFile = 0;
                    }
                }
                if (inFile > 0) {
                    put(table, files++, text);
                }
            }
        }
        services.put(SOURCE, table + "/readme.txt", "Not for the loader.\n");
        return Map.of("files", files);
    }

    private void put(String table, int file, StringBuilder text)
            throws IOException, InterruptedException {
        services.put(SOURCE, "%s/part-%05d.csv".formatted(table, file), text.toString());
        text.setLength(0);
    }

    private static String header(ResultSet rows) throws SQLException {
        var line = new StringBuilder();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            line.append(column == 1 ? "" : ",").append(rows.getMetaData().getColumnName(column));
        }
        return line.append('\n').toString();
    }

    private static String line(ResultSet rows) throws SQLException {
        var line = new StringBuilder();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            String value = rows.getString(column);
            line.append(column == 1 ? "" : ",").append(value == null ? "NULL" : quoted(value));
        }
        return line.append('\n').toString();
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// An empty table to load into.
    public Map<String, Object> prepare(Map<String, Object> event)
            throws SQLException, IOException, InterruptedException {
        String table = table(event);
        try (Connection target = target();
                Statement statement = target.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS dataimport." + table);
            statement.execute("CREATE TABLE dataimport.%1$s (LIKE public.%1$s)".formatted(table));
        }
        return Map.of();
    }

    /// A batch of a listing; all its CSV files in one transaction.
    public Map<String, Object> load(Map<String, Object> event)
            throws SQLException, IOException, InterruptedException {
        long begun = System.currentTimeMillis();
        String table = table((Map<?, ?>) event.get("BatchInput"));
        long rows = 0;
        try (Connection target = target()) {
            target.setAutoCommit(false);
            var copies = target.unwrap(PGConnection.class).getCopyAPI();
            for (Object item : (List<?>) event.get("Items")) {
                String key = (String) ((Map<?, ?>) item).get("Key");
                if (key.endsWith(".csv")) {
                    waitForTheNetwork();
                    try (InputStream file = services.object(SOURCE, key)) {
                        rows += copies.copyIn(COPY.formatted(table), file);
                    }
                }
            }
            target.commit();
        }
        return Map.of("rows", rows, "begun", begun, "ended", System.currentTimeMillis());
    }

    /// As long as a network that isn't there would take, where that is asked for.
    private static void waitForTheNetwork() throws InterruptedException {
        Thread.sleep(Long.parseLong(System.getenv().getOrDefault("FILE_MILLISECONDS", "0")));
    }

    /// Readers see the old table until this commits, and the new one from then on.
    public Map<String, Object> rename(Map<String, Object> event)
            throws SQLException, IOException, InterruptedException {
        String table = table(event);
        try (Connection target = target();
                Statement statement = target.createStatement()) {
            target.setAutoCommit(false);
            statement.execute("DROP TABLE IF EXISTS databackup." + table);
            statement.execute("ALTER TABLE public.%s SET SCHEMA databackup".formatted(table));
            statement.execute("ALTER TABLE dataimport.%s SET SCHEMA public".formatted(table));
            target.commit();
        }
        return Map.of();
    }

    /// Ends once what was wrong has been repaired, if anybody is at it.
    public Map<String, Object> cleanup(Map<String, Object> event)
            throws SQLException, IOException, InterruptedException {
        String table = table(event);
        try (Connection target = target();
                Statement statement = target.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS dataimport." + table);
        }
        while (!services.parameter("/etl/repair").equals("over")) {
            Thread.sleep(LOOK_AGAIN);
        }
        return Map.of("table", table);
    }

    private Connection target() throws SQLException, IOException, InterruptedException {
        return DriverManager.getConnection(services.parameter("/etl/target"));
    }

    /// It becomes part of SQL.
    private static String table(Map<?, ?> event) {
        String table = (String) event.get("table");
        if (!table.matches("[a-z_0-9]+")) {
            throw new IllegalArgumentException("Not the name of a table: " + table);
        }
        return table;
    }
}
