package dev.mapwright.benchmarks;

import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ObjectStore.ObjectFailed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Very many small objects in the built-in S3: as a listing of them, or as the items inside of all.
///
/// @param size as the name says it
record ManyObjects(Kind kind, int objects, String size) implements Benchmark {
    private static final String PREFIX = "many/";
    private static final int WRITERS = 64;
    private static final String ROWS = """
            id,station,celsius,humidity
            1,Bern,17.5,0.61
            2,Biel,18.1,0.58
            3,Thun,16.9,0.66
            """;
    private static final int LOOKS = 10;

    /// 560,000 in 100 seconds; a rate, so that it holds for any number.
    private static final double FLATTENED_PER_SECOND_BAR = 5_600;

    private static final double LIVE_BAR_MEBIBYTES = 64;

    /// @param itemsPerObject what reading makes of one
    enum Kind {
        LISTED(Map.of(), 1),
        FLATTENED(
                Map.of(
                        "Transformation",
                        "LOAD_AND_FLATTEN",
                        "InputType",
                        "CSV",
                        "CSVHeaderLocation",
                        "FIRST_ROW"),
                3);

        private final Map<String, String> config;
        private final int itemsPerObject;

        Kind(Map<String, String> config, int itemsPerObject) {
            this.config = config;
            this.itemsPerObject = itemsPerObject;
        }

        String verb() {
            return switch (this) {
                case LISTED -> "list";
                case FLATTENED -> "flatten";
            };
        }
    }

    @Override
    public String name() {
        return "%s-%s".formatted(kind.verb(), size);
    }

    @Override
    public String about() {
        return "%,d objects of three CSV rows each, %s"
                .formatted(objects, kind.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public List<Figure> run(Workbench workbench) throws Exception {
        try (var datasets = Datasets.open(workbench.folder())) {
            var put = Meter.time(() -> put(datasets.objects()));
            workbench.say("%,d objects are there, after %.0f s", objects, put.seconds());
            var reading = datasets.read(
                    Datasets.listing(PREFIX, kind.config),
                    (long) objects * kind.itemsPerObject,
                    LOOKS);
            return List.of(
                    Figure.of("all of them", reading.span().seconds(), "s"),
                    rate(reading.span().perSecond(objects)),
                    Figure.of(
                            "processor time",
                            reading.span().cpuMicrosPerItem(objects),
                            "µs/object"),
                    Figure.of("live heap at most", reading.liveMebibytes(), "MiB")
                            .atMost(LIVE_BAR_MEBIBYTES),
                    Figure.of("taken up at nine tenths", reading.resumed().seconds(), "s"),
                    Figure.of("peak resident set", Meter.residentPeakMebibytes(), "MiB"));
        }
    }

    private Figure rate(double perSecond) {
        var rate = Figure.of("rate", perSecond, "objects/s");
        return switch (kind) {
            case LISTED -> rate;
            case FLATTENED -> rate.atLeast(FLATTENED_PER_SECOND_BAR);
        };
    }

    private void put(ObjectStore store) throws InterruptedException, ExecutionException {
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = IntStream.range(0, WRITERS)
                    .<Future<?>>mapToObj(writer -> writers.submit(() -> put(store, writer)))
                    .toList();
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    private int put(ObjectStore store, int writer) throws ObjectFailed, InterruptedException {
        byte[] content = ROWS.getBytes(StandardCharsets.UTF_8);
        for (int i = writer; i < objects; i += WRITERS) {
            store.put(
                    Datasets.BUCKET,
                    PREFIX + "%04d/%08d.csv".formatted(i / 1000, i),
                    "text/csv",
                    content);
        }
        return objects;
    }
}
