package dev.mapwright.adapters.items.parquet;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.fuzz.FuzzTarget;

import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// In the reader's package for a reader that gives up soon: files whose pages hold less than they
/// say are many here.
class ParquetFuzzTest extends FuzzTarget {
    private static final String ROWS = """
            SELECT i, 'text ' || (i % 3) AS t, [i, NULL] AS l, i::DECIMAL(9,2) AS d,
              {'a': i, 'b': [{'c': 'x'}]} AS s, MAP {'k': i} AS m, i % 2 = 0 AS flag,
              TIMESTAMP '2024-02-29 12:34:56' + to_seconds(i) AS at, NULL::INTEGER AS nothing
            FROM range(40) r(i)""";

    private final ItemReader reader = new ParquetItemReader(
            objects(), "1", new Bounds(Duration.ofSeconds(5), 256 * 1024 * 1024));

    static List<byte[]> seeds() throws IOException, SQLException {
        return List.of(file("snappy"), file("zstd"));
    }

    private static byte[] file(String codec) throws IOException, SQLException {
        Path file = Files.createTempFile("seed", ".parquet");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION %s)"
                    .formatted(ROWS, file, codec));
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    @Override
    protected List<byte[]> contents() throws Exception {
        return seeds();
    }

    @MethodSource("seeds")
    @FuzzTest
    void bearsAnything(byte[] content) throws Exception {
        read(content);
    }

    @Override
    protected void read(byte[] content) throws Exception {
        put("in.parquet", content);
        var dataset = new Dataset.Read(
                "s3:getObject",
                Json.of(Map.of("Bucket", "b", "Key", "in.parquet")),
                Json.of(Map.of("InputType", "PARQUET")),
                0);
        check(position -> reader.open(dataset, position));
    }
}
