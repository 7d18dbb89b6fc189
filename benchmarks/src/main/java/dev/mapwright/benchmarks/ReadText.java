package dev.mapwright.benchmarks;

import java.util.List;

/// One large object of text, read item by item out of the built-in S3.
///
/// @param size as the name says it
record ReadText(LargeText text, long bytes, String size) implements Benchmark {
    private static final String KEY = "large";
    private static final int LOOKS = 10;
    private static final double LIVE_BAR_MEBIBYTES = 64;
    private static final double RESUMED_BAR_SECONDS = 1;
    private static final double MEGA = 1e6;

    @Override
    public String name() {
        return "read-%s-%s".formatted(text.name(), size);
    }

    @Override
    public String about() {
        return "one object of %,d MB, read with %s".formatted((long) (bytes / MEGA), text.config());
    }

    @Override
    public List<Figure> run(Workbench workbench) throws Exception {
        try (var datasets = Datasets.open(workbench.folder())) {
            long items = text.put(datasets.objects(), KEY, bytes);
            workbench.say("%,d items are there", items);
            var reading = datasets.read(Datasets.object(KEY, text.config()), items, LOOKS);
            return List.of(
                    Figure.of("read", bytes / MEGA / reading.span().seconds(), "MB/s"),
                    Figure.of("items", reading.span().perSecond(items), "items/s"),
                    Figure.of("processor time", reading.span().cpuMicrosPerItem(items), "µs/item"),
                    Figure.of("live heap at most", reading.liveMebibytes(), "MiB")
                            .atMost(LIVE_BAR_MEBIBYTES),
                    Figure.of("taken up at nine tenths", reading.resumed().seconds(), "s")
                            .atMost(RESUMED_BAR_SECONDS),
                    Figure.of("peak resident set", Meter.residentPeakMebibytes(), "MiB"));
        }
    }
}
