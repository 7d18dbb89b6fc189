package dev.mapwright.adapters.items.parquet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;

/// Parquet files as DuckDB writes them.
final class DuckDb {
    private DuckDb() {}

    /// @param codec the compression's name, and further options of COPY
    static byte[] parquet(Path folder, String query, String codec) throws Exception {
        Path file = folder.resolve("duckdb.parquet");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION %s)"
                    .formatted(query, file, codec));
        }
        return Files.readAllBytes(file);
    }
}
