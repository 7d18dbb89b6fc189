package dev.mapwright.benchmarks;

import dev.mapwright.engine.store.Execution.Type;
import dev.mapwright.server.config.Configuration.Durability;

import java.util.List;
import java.util.Locale;

/// The heap that ten thousand children take while all of them wait.
record WaitingChildren(Type childType) implements Benchmark {
    private static final int CHILDREN = 10_000;
    private static final double HEAP_BAR_MEBIBYTES = 300;
    private static final int SECONDS = 240;

    private static final String DEFINITION = """
            {"StartAt":"Items","States":{"Items":{"Type":"Map","End":true,"MaxConcurrency":%d,
              "ItemReader":{"Resource":"arn:aws:states:::s3:getObject",
                "ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW"},
                "Parameters":{"Bucket":"orders-in","Key":"orders/orders.csv"}},
              "ItemProcessor":{
                "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"%s"},
                "StartAt":"Each","States":{"Each":{"Type":"Wait","Seconds":%d,"End":true}}}}}}
            """;

    @Override
    public String name() {
        return "waiting-" + childType.name().toLowerCase(Locale.ROOT) + "-10k";
    }

    @Override
    public String about() {
        return "%,d %s children in a Wait state at once".formatted(CHILDREN, childType);
    }

    @Override
    public List<Figure> run(Workbench workbench) throws Exception {
        var items = workbench.folder().resolve("items.csv");
        ItemsFile.write(items, CHILDREN);
        try (var engine = new EngineUnderTest(workbench, Durability.FSYNC, items)) {
            double before = Meter.heapMebibytes();
            var span = Meter.time(() -> {
                String execution = engine.start(
                        engine.create(DEFINITION.formatted(CHILDREN, childType, SECONDS)));
                while (engine.count(execution, "executionCounts", "running") < CHILDREN) {
                    Thread.sleep(100);
                }
            });
            Thread.sleep(1_000);
            double all = Meter.heapMebibytes();
            return List.of(
                    Figure.of("heap with all waiting", all, "MiB").atMost(HEAP_BAR_MEBIBYTES),
                    Figure.of("heap for one child", (all - before) * 1024 / CHILDREN, "KiB"),
                    Figure.of("until all wait", span.seconds(), "s"),
                    Figure.of("peak resident set", Meter.residentPeakMebibytes(), "MiB"));
        }
    }
}
