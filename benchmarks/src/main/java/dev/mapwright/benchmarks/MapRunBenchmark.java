package dev.mapwright.benchmarks;

import dev.mapwright.benchmarks.Meter.Span;
import dev.mapwright.engine.store.Execution.Type;
import dev.mapwright.server.config.Configuration.Durability;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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

    private record Round(Span engine, Span bareLoop, Span awsLoop) {}

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
        var rounds = new ArrayList<Round>();
        double heapPeak = 0;
        try (var engine = new EngineUnderTest(workbench, workload.durability(), items);
                var loop = new HandWrittenLoop(
                        workbench.folder().resolve("loop"),
                        Workbench.ofStore(workload.durability()),
                        items)) {
            String machineArn = engine.create(
                    workload.processor().definition(workload.childType().name()));
            for (int round = workload.rounds() == 1 ? 1 : 0; round <= workload.rounds(); round++) {
                Span bare = Meter.time(() -> loop.run(workload.processor(), ResultForm.BARE));
                Span asAws = Meter.time(() -> loop.run(workload.processor(), ResultForm.AS_AWS));
                meter.forgetHeapPeak();
                Span ofEngine =
                        Meter.time(() -> engine.await(engine.start(machineArn), workload.items()));
                workbench.say(
                        "round %d%s: engine %s, loop %s, loop with AWS's entries %s",
                        round,
                        round == 0 ? ", not counted" : "",
                        said(ofEngine),
                        said(bare),
                        said(asAws));
                if (round > 0) {
                    rounds.add(new Round(ofEngine, bare, asAws));
                    heapPeak = Math.max(heapPeak, meter.heapPeakMebibytes());
                }
            }
        }
        return figures(rounds, heapPeak);
    }

    private String said(Span span) {
        return "%,.0f items/s (%.1f µs CPU each)"
                .formatted(
                        span.perSecond(workload.items()), span.cpuMicrosPerItem(workload.items()));
    }

    private List<Figure> figures(List<Round> rounds, double heapPeak) throws Exception {
        var rate = Figure.of("engine", rate(rounds, Round::engine), "items/s");
        var ratio =
                Figure.of("engine / loop", ratio(rounds, Round::bareLoop), "of the loop's rate");
        return List.of(
                bars().map(known -> rate.atLeast(known.itemsPerSecond())).orElse(rate),
                Figure.of("hand-written loop", rate(rounds, Round::bareLoop), "items/s"),
                Figure.of("loop with AWS's entries", rate(rounds, Round::awsLoop), "items/s"),
                bars().map(known -> ratio.atLeast(known.ofLoop())).orElse(ratio),
                Figure.of(
                        "engine / loop with AWS's entries",
                        ratio(rounds, Round::awsLoop),
                        "of the loop's rate"),
                processorTime("engine", rounds, Round::engine),
                processorTime("loop", rounds, Round::bareLoop),
                processorTime("loop with AWS's entries", rounds, Round::awsLoop),
                Figure.of("peak heap after a collection", heapPeak, "MiB")
                        .atMost(HEAP_BAR_MEBIBYTES),
                Figure.of("peak resident set", Meter.residentPeakMebibytes(), "MiB"));
    }

    private double rate(List<Round> rounds, Function<Round, Span> of) {
        return median(rounds, round -> of.apply(round).perSecond(workload.items()));
    }

    private static double ratio(List<Round> rounds, Function<Round, Span> loop) {
        return median(
                rounds, round -> loop.apply(round).seconds() / round.engine().seconds());
    }

    private Figure processorTime(String whose, List<Round> rounds, Function<Round, Span> of) {
        return Figure.of(
                whose + ", processor time",
                median(rounds, round -> of.apply(round).cpuMicrosPerItem(workload.items())),
                "µs/item");
    }

    private static double median(List<Round> rounds, Function<Round, Double> of) {
        return Meter.median(rounds.stream().map(of).toList());
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
}
