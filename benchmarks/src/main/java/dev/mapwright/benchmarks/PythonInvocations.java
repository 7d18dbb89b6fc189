package dev.mapwright.benchmarks;

import dev.mapwright.adapters.functions.FunctionCode;
import dev.mapwright.benchmarks.Meter.Span;
import dev.mapwright.server.Main;
import dev.mapwright.server.config.Configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Python function as the Task of a map run's children, in turns with a bare loop over processes
/// of the same kind.
final class PythonInvocations implements Benchmark {
    private static final String TASK = """
            {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","End":true,
             "Parameters":{"FunctionName":"echo","Payload.$":"$"},"OutputPath":"$.Payload"}""";
    private static final int ROUNDS = 5;
    private static final int EVENTS = 20_000;
    private static final double BAR = 0.8;

    @Override
    public String name() {
        return "function-python-warm";
    }

    @Override
    public String about() {
        return "%,d items for a warm Python function".formatted(EVENTS);
    }

    @Override
    public List<Figure> run(Workbench workbench) throws Exception {
        Path code = Files.createDirectory(workbench.folder().resolve("code"));
        Files.writeString(code.resolve("app.py"), "def handler(event, context): return event\n");
        Path items = workbench.folder().resolve("items.csv");
        ItemsFile.write(items, EVENTS);
        Path settings = Files.writeString(workbench.folder().resolve("settings"), """
                port = 0
                data = %s
                functions.processes = %d
                function.echo.folder = %s
                function.echo.runtime = python3.12
                function.echo.handler = app.handler
                function.echo.timeout = 60
                """.formatted(
                        workbench.folder().resolve("data"), BareFunction.PROCESSES, code));
        var configuration = Configuration.read(Optional.of(settings), Map.of());
        var folder = new FunctionCode.Folder(code);
        try (var bare = new BareFunction(workbench, "python3.12", "app.handler", folder);
                var engine = new EngineUnderTest(Main.start(configuration), items)) {
            String machine = engine.create(Processor.map("EXPRESS", TASK));
            var ratios = new ArrayList<Double>();
            var cpuRatios = new ArrayList<Double>();
            for (int round = 0; round <= ROUNDS; round++) {
                Span ofLoop = Meter.time(() -> bare.call(EVENTS));
                Span ofEngine = Meter.time(() -> engine.await(engine.start(machine), EVENTS));
                workbench.say(
                        "round %d: engine %,.0f items/s (%.0f µs CPU each), bare loop %,.0f (%.0f µs)",
                        round,
                        ofEngine.perSecond(EVENTS),
                        ofEngine.cpuMicrosPerItem(EVENTS),
                        ofLoop.perSecond(EVENTS),
                        ofLoop.cpuMicrosPerItem(EVENTS));
                if (round > 0) {
                    ratios.add(ofLoop.seconds() / ofEngine.seconds());
                    cpuRatios.add(ofLoop.cpuSeconds() / ofEngine.cpuSeconds());
                }
            }
            return List.of(
                    Figure.of("engine / bare loop", Meter.median(ratios), "of its rate")
                            .atLeast(BAR),
                    Figure.of(
                            "bare loop / engine, processor time",
                            Meter.median(cpuRatios),
                            "of its time"));
        }
    }
}
