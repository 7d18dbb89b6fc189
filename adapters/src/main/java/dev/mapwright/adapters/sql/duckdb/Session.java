package dev.mapwright.adapters.sql.duckdb;

import static dev.mapwright.adapters.sql.catalog.Sql.literal;
import static dev.mapwright.adapters.sql.catalog.Sql.quoted;

import dev.mapwright.adapters.sql.catalog.Format;
import dev.mapwright.adapters.sql.catalog.QueryFailed;
import dev.mapwright.adapters.sql.catalog.Table;
import dev.mapwright.adapters.sql.catalog.TableName;
import dev.mapwright.adapters.sql.statement.FileFormat;
import dev.mapwright.adapters.sql.statement.FileFormat.Compression;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A database in memory for one query. It sees the files in its own folder, nothing else of this
/// machine and no network, and loads no extensions. Called by one thread; [#cancel] by any.
///
/// Native code runs on the calling thread and holds it: call it from a platform thread.
public final class Session implements AutoCloseable {
    private static final int THREADS = 2;
    private static final String CATALOG = "awsdatacatalog";
    private static final String RESULT = "mapwright_result";

    /// Files are split beyond this size, so that nobody has to read one alone for long.
    private static final String FILE_BYTES = "256MB";

    private final Path folder;
    private final String database;
    private final Connection connection;
    private final Statement statement;
    private volatile boolean cancelled;

    private Session(Path folder, String database, Connection connection) throws SQLException {
        this.folder = folder;
        this.database = database;
        this.connection = connection;
        this.statement = connection.createStatement();
    }

    /// @param folder for the query alone, where its files are and its results go
    /// @param database that names without one belong to
    /// @param memoryMegabytes beyond which it spills to the folder
    public static Session open(Path folder, String database, int memoryMegabytes) {
        var properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        try {
            Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
            try {
                var session = new Session(folder, database, connection);
                session.setUp(memoryMegabytes);
                return session;
            } catch (SQLException broken) {
                connection.close();
                throw broken;
            }
        } catch (SQLException broken) {
            throw new IllegalStateException("DuckDB did not start: " + broken.getMessage(), broken);
        }
    }

    private void setUp(int memoryMegabytes) throws SQLException {
        for (String setting : List.of(
                "autoinstall_known_extensions = false",
                "autoload_known_extensions = false",
                "allow_community_extensions = false",
                "threads = " + THREADS,
                "memory_limit = '%dMB'".formatted(memoryMegabytes),
                "temp_directory = " + literal(folder.resolve("spilled").toString()),
                "TimeZone = 'UTC'",
                "integer_division = true")) {
            statement.execute("SET " + setting);
        }
        for (String definition : Macros.DEFINITIONS) {
            statement.execute("CREATE TEMP MACRO trino_" + definition);
        }
        statement.execute("ATTACH ':memory:' AS " + CATALOG);
    }

    /// Makes the table known.
    ///
    /// @param files the folder of its files, each below folders `p0=value/p1=value/` for the
    ///     partition columns; absent: there are none
    public void define(Table table, Optional<Path> files) throws QueryFailed {
        try {
            String select = files.isEmpty()
                    ? Views.empty(table)
                    : select(table, files.get().resolve("**/*").toString());
            TableName name = table.name();
            String schema = CATALOG + "." + quoted(name.database());
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
            statement.execute(
                    "CREATE VIEW %s.%s AS %s".formatted(schema, quoted(name.table()), select));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    private String select(Table table, String pattern) throws SQLException, QueryFailed {
        var views = new Views(table, pattern);
        return switch (table.format()) {
            case Format.Delimited delimited -> views.delimited(delimited);
            case Format.QuotedCsv csv -> views.quotedCsv(csv);
            case Format.JsonLines json -> views.jsonLines(json);
            case Format.Parquet() -> views.parquet(names(views.parquetFiles()));
        };
    }

    private Set<String> names(String files) throws SQLException {
        var names = new HashSet<String>();
        for (ResultColumn column : described("SELECT * FROM " + files)) {
            names.add(column.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private List<ResultColumn> described(String query) throws SQLException {
        var columns = new ArrayList<ResultColumn>();
        try (ResultSet rows = statement.executeQuery("DESCRIBE " + query)) {
            while (rows.next()) {
                columns.add(Cells.column(rows.getString(1), rows.getString(2)));
            }
        }
        return columns;
    }

    /// From here on queries run: the way to everything outside is shut.
    public void lock() throws QueryFailed {
        try {
            statement.execute(
                    "CREATE SCHEMA IF NOT EXISTS %s.%s".formatted(CATALOG, quoted(database)));
            statement.execute("USE %s.%s".formatted(CATALOG, quoted(database)));
            statement.execute("SET allowed_directories = [%s]".formatted(literal(folder + "/")));
            statement.execute("SET enable_external_access = false");
            statement.execute("SET lock_configuration = true");
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /// Runs a query and hands its rows over one by one.
    ///
    /// @return how many there were
    public long rows(String query, RowSink sink)
            throws QueryFailed, IOException, InterruptedException {
        requireRunning();
        try (ResultSet rows = statement.executeQuery(query)) {
            List<ResultColumn> columns = Cells.columns(rows.getMetaData());
            sink.columns(columns);
            long count = 0;
            while (rows.next()) {
                requireRunning();
                var values = new ArrayList<Optional<String>>(columns.size());
                for (int i = 1; i <= columns.size(); i++) {
                    values.add(Cells.text(rows, i));
                }
                sink.row(values);
                count++;
            }
            return count;
        } catch (SQLException failure) {
            requireRunning();
            throw failed(failure);
        }
    }

    /// The columns that a query has.
    public List<ResultColumn> columns(String query) throws QueryFailed, InterruptedException {
        requireRunning();
        try {
            statement.execute("CREATE TEMP VIEW %s AS %s".formatted(RESULT, query));
            return described(RESULT);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /// Writes the rows of the query that [#columns] was asked about to files below `target`.
    ///
    /// @return how many there were
    public long write(List<ResultColumn> columns, Path target, FileFormat format)
            throws QueryFailed, InterruptedException {
        requireRunning();
        String select = columns.stream()
                .map(column ->
                        value(column) + " AS " + quoted(column.name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + RESULT));
        String partitions = format.partitionedBy().isEmpty()
                ? "FILE_SIZE_BYTES '%s'".formatted(FILE_BYTES)
                : format.partitionedBy().stream()
                        .map(name -> quoted(name))
                        .collect(Collectors.joining(", ", "PARTITION_BY (", ")"));
        String options = Stream.of(form(format), compression(format.compression()), partitions)
                .collect(Collectors.joining(", "));
        try {
            return statement.executeLargeUpdate(
                    "COPY (%s) TO %s (%s)".formatted(select, literal(target.toString()), options));
        } catch (SQLException failure) {
            requireRunning();
            throw failed(failure);
        }
    }

    /// Whole numbers wider than Athena's and times with a zone have no place in files.
    private static String value(ResultColumn column) throws IllegalStateException {
        String name = quoted(column.name());
        return switch (column.type()) {
            case "bigint" -> "CAST(%s AS BIGINT)".formatted(name);
            case "timestamp with time zone" -> "CAST(%s AS TIMESTAMP)".formatted(name);
            case "unknown" -> "CAST(%s AS VARCHAR)".formatted(name);
            default -> name;
        };
    }

    private static String form(FileFormat format) {
        return switch (format.kind()) {
            case PARQUET -> "FORMAT parquet";
            case JSON -> "FORMAT json";
            case TEXTFILE ->
                "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', NULLSTR '\\N', DELIMITER "
                        + literal(format.fieldDelimiter());
        };
    }

    private static String compression(Compression compression) {
        return switch (compression) {
            case NONE -> "COMPRESSION 'uncompressed'";
            case GZIP -> "COMPRESSION 'gzip'";
            case SNAPPY -> "COMPRESSION 'snappy'";
            case ZSTD -> "COMPRESSION 'zstd'";
            case LZ4 -> "COMPRESSION 'lz4_raw'";
        };
    }

    private void requireRunning() throws InterruptedException {
        if (cancelled || Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("the query was stopped");
        }
    }

    private QueryFailed failed(SQLException failure) {
        return Failures.of(failure, folder + "/", database);
    }

    /// Ends what is under way with an InterruptedException.
    public void cancel() {
        cancelled = true;
        try {
            statement.cancel();
        } catch (SQLException ended) {
            // It has ended by itself.
        }
    }

    @Override
    public void close() {
        try {
            statement.close();
            connection.close();
        } catch (SQLException broken) {
            throw new IllegalStateException("DuckDB did not end: " + broken.getMessage(), broken);
        }
    }
}
