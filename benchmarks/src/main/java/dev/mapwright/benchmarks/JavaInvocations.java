package dev.mapwright.benchmarks;

import dev.mapwright.adapters.functions.FunctionCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Java class in this process, called as a function and for itself.
final class JavaInvocations implements Benchmark {
    private static final int ROUNDS = 3;
    private static final int EVENTS = 100_000;
    private static final double BAR = 30_000;

    @Override
    public String name() {
        return "function-java-in-process";
    }

    @Override
    public String about() {
        return "%,d events for a Java class in this process".formatted(EVENTS);
    }

    @Override
    public List<Figure> run(Workbench workbench) throws Exception {
        var code = new FunctionCode.InProcess(Optional.empty());
        try (var bare = new BareFunction(workbench, "", EchoFunction.class.getName(), code)) {
            var rates = new ArrayList<Double>();
            for (int round = 0; round <= ROUNDS; round++) {
                double rate = Meter.time(() -> bare.call(EVENTS)).perSecond(EVENTS);
                workbench.say("round %d: %,.0f invocations/s", round, rate);
                if (round > 0) {
                    rates.add(rate);
                }
            }
            return List.of(Figure.of("in process", Meter.median(rates), "invocations/s")
                    .atLeast(BAR));
        }
    }
}
