package dev.mapwright.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// How long each of a number of calls of one kind took.
final class Latencies {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;

    private final String what;
    private final List<Double> millis = new ArrayList<>();

    Latencies(String what) {
        this.what = what;
    }

    interface Call<T> {
        T make() throws Exception;
    }

    <T> T time(Call<T> call) throws Exception {
        long begun = System.nanoTime();
        T answer = call.make();
        millis.add((System.nanoTime() - begun) / NANOS_PER_MILLI);
        return answer;
    }

    int count() {
        return millis.size();
    }

    /// Median and 99th percentile.
    ///
    /// @param bar that the latter must not exceed
    List<Figure> figures(double bar) {
        return List.of(
                Figure.of(what + ", p50", quantile(MEDIAN), "ms"),
                Figure.of(what + ", p99", quantile(P99), "ms").atMost(bar));
    }

    /// The smallest value that so many of all do not exceed.
    private double quantile(double share) {
        var sorted = millis.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
