package dev.mapwright.benchmarks;

import dev.mapwright.benchmarks.Meter.Span;
import dev.mapwright.engine.store.Execution.Type;
import dev.mapwright.server.config.Configuration.Durability;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A CSV object through a Distributed Map into result files, in turns with [HandWrittenLoop].
record MapRunBenchmark(String name, Workload workload) implements Benchmark {
    private static final Bars EXPRESS_PASS = new Bars(100_000, 0.3);
    private static final Bars STANDARD_FSYNC_PASS = new Bars(20_000, 0.1);
    private static final double HEAP_BAR_MEBIBYTES = 512;

    /// @param rounds whose median counts. Several are preceded by one that does not count; a single
    ///     one is measured as it comes, with all that the JVM has to do in the beginning
    record Workload(
            Processor processor, Type childType, Durability durability, long items, int rounds) {}

    /// What has to be reached, on two cores.
    ///
    /// @param ofLoop share of the hand-written loop's rate
    private record Bars(double itemsPerSecond, double ofLoop) {}

    @Override
    public String about() {
        return "%,d items, %s, %s children, durability %s"
                .formatted(
                        workload.items(),
                        workload.processor(),
                        workload.childType(),
                        workload.durability());
    }

    @Override
    public List<Figure> run(Workbench workbench) throws Exception {
        Path items = workbench.folder().resolve("items.csv");
        ItemsFile.write(items, workload.items());
        var meter = new Meter();
        var engineSpans = new ArrayList<Span>();
        var loopSpans = new ArrayList<Span>();
        double heapPeak = 0;
        try (var engine = new EngineUnderTest(workbench, workload.durability(), items);
                var loop = new HandWrittenLoop(
                        workbench.folder().resolve("loop"),
                        Workbench.ofStore(workload.durability()),
                        items)) {
            String machineArn = engine.create(
                    workload.processor().definition(workload.childType().name()));
            for (int round = workload.rounds() == 1 ? 1 : 0; round <= workload.rounds(); round++) {
                Span ofLoop = Meter.time(() -> loop.run(workload.processor()));
                meter.forgetHeapPeak();
                Span ofEngine =
                        Meter.time(() -> engine.await(engine.start(machineArn), workload.items()));
                workbench.say(
                        "round %d%s: engine %,.0f items/s (%.1f µs CPU each), loop %,.0f items/s (%.1f µs)",
                        round,
                        round == 0 ? ", not counted" : "",
                        ofEngine.perSecond(workload.items()),
                        ofEngine.cpuMicrosPerItem(workload.items()),
                        ofLoop.perSecond(workload.items()),
                        ofLoop.cpuMicrosPerItem(workload.items()));
                if (round > 0) {
                    engineSpans.add(ofEngine);
                    loopSpans.add(ofLoop);
                    heapPeak = Math.max(heapPeak, meter.heapPeakMebibytes());
                }
            }
        }
        return figures(engineSpans, loopSpans, heapPeak);
    }

    private List<Figure> figures(List<Span> engine, List<Span> loop, double heapPeak)
            throws Exception {
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < engine.size(); round++) {
            ratios.add(loop.get(round).seconds() / engine.get(round).seconds());
        }
        var rate = Figure.of(
                "engine", median(engine, span -> span.perSecond(workload.items())), "items/s");
        var ratio = Figure.of("engine / loop", Meter.median(ratios), "of the loop's rate");
        return List.of(
                bars().map(known -> rate.atLeast(known.itemsPerSecond())).orElse(rate),
                Figure.of(
                        "hand-written loop",
                        median(loop, span -> span.perSecond(workload.items())),
                        "items/s"),
                bars().map(known -> ratio.atLeast(known.ofLoop())).orElse(ratio),
                Figure.of(
                        "engine, processor time",
                        median(engine, span -> span.cpuMicrosPerItem(workload.items())),
                        "µs/item"),
                Figure.of(
                        "loop, processor time",
                        median(loop, span -> span.cpuMicrosPerItem(workload.items())),
                        "µs/item"),
                Figure.of("peak heap after a collection", heapPeak, "MiB")
                        .atMost(HEAP_BAR_MEBIBYTES),
                Figure.of("peak resident set", Meter.residentPeakMebibytes(), "MiB"));
    }

    private Optional<Bars> bars() {
        if (workload.processor() != Processor.PASS) {
            return Optional.empty();
        }
        return switch (workload.childType()) {
            case EXPRESS -> Optional.of(EXPRESS_PASS);
            case STANDARD ->
                switch (workload.durability()) {
                    case FSYNC -> Optional.of(STANDARD_FSYNC_PASS);
                    case OS -> Optional.empty();
                };
        };
    }

    private static double median(List<Span> spans, java.util.function.ToDoubleFunction<Span> of) {
        return Meter.median(spans.stream().mapToDouble(of).boxed().toList());
    }
}
