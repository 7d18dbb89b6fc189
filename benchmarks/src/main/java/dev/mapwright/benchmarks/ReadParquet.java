package dev.mapwright.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A Parquet object as DuckDB writes it, read row by row out of the built-in S3.
///
/// @param columns of a row, made of its number `i`
record ReadParquet(String rows, String columns) implements Benchmark {
    private static final String KEY = "rows.parquet";
    private static final long COUNT = 2_000_000;
    private static final int ROUNDS = 3;
    private static final int LOOKS = 10;
    private static final double BAR = 1_000_000;
    private static final double LIVE_BAR_MEBIBYTES = 256;

    private static final String PLAIN = """
            'ON' || (10000000 + i) AS orderNumber, DATE '2025-01-01' + (i % 365)::INTEGER AS orderDate,
            ['SHIPPED', 'OPEN', 'PAID'][1 + i % 3] AS orderStatus, (i % 40)::INTEGER AS lineItems,
            (i * 31 % 99991) / 100.0 AS totalPrice""";

    static final ReadParquet PLAIN_ROWS = new ReadParquet("plain", PLAIN);
    static final ReadParquet NESTED_ROWS = new ReadParquet("nested", PLAIN + """
            , {'city': 'Bern', 'zip': i % 9999} AS address, [i, i + 1] AS parts,
            TIMESTAMP '2025-01-01 00:00:00' + to_seconds(i) AS changed""");

    @Override
    public String name() {
        return "read-parquet-" + rows;
    }

    @Override
    public String about() {
        return "%,d %s Parquet rows, Snappy".formatted(COUNT, rows);
    }

    @Override
    public List<Figure> run(Workbench workbench) throws Exception {
        try (var datasets = Datasets.open(workbench.folder())) {
            Path file = workbench.folder().resolve(KEY);
            write(file);
            datasets.objects().put(Datasets.BUCKET, KEY, "", Files.readAllBytes(file));
            var readings = new ArrayList<Datasets.Reading>();
            var dataset = Datasets.object(KEY, Map.of("InputType", "PARQUET"));
            double live = datasets.read(dataset, COUNT, LOOKS).liveMebibytes();
            for (int round = 1; round <= ROUNDS; round++) {
                var reading = datasets.read(dataset, COUNT, 0);
                workbench.say(
                        "round %d: %,.0f rows/s, %.2f µs of processor time each",
                        round,
                        reading.span().perSecond(COUNT),
                        reading.span().cpuMicrosPerItem(COUNT));
                readings.add(reading);
            }
            return figures(readings, live);
        }
    }

    private static List<Figure> figures(List<Datasets.Reading> readings, double live)
            throws Exception {
        return List.of(
                Figure.of(
                                "read",
                                Meter.median(readings.stream()
                                        .map(reading -> reading.span().perSecond(COUNT))
                                        .toList()),
                                "rows/s")
                        .atLeast(BAR),
                Figure.of(
                        "processor time",
                        Meter.median(readings.stream()
                                .map(reading -> reading.span().cpuMicrosPerItem(COUNT))
                                .toList()),
                        "µs/row"),
                Figure.of("live heap at most", live, "MiB").atMost(LIVE_BAR_MEBIBYTES),
                Figure.of(
                        "taken up at nine tenths", readings.getLast().resumed().seconds(), "s"),
                Figure.of("peak resident set", Meter.residentPeakMebibytes(), "MiB"));
    }

    private void write(Path file) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute(
                    "COPY (SELECT %s FROM range(%d) r(i)) TO '%s' (FORMAT parquet, COMPRESSION snappy)"
                            .formatted(columns, COUNT, file));
        }
    }
}
