package dev.mapwright.adapters.metrics.states;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// How many executions took how long, since the process began.
final class Histogram {
    /// Upper bounds, inclusive.
    private static final List<Long> MILLISECONDS_MAX = List.of(
            10L,
            50L,
            100L,
            500L,
            1_000L,
            5_000L,
            10_000L,
            60_000L,
            300_000L,
            3_600_000L,
            Long.MAX_VALUE);

    private final List<LongAdder> buckets =
            Stream.generate(LongAdder::new).limit(MILLISECONDS_MAX.size()).toList();

    void add(long milliseconds) {
        int bucket = 0;
        while (milliseconds > MILLISECONDS_MAX.get(bucket)) {
            bucket++;
        }
        buckets.get(bucket).increment();
    }

    List<Totals.Bucket> buckets() {
        var all = new ArrayList<Totals.Bucket>();
        long count = 0;
        for (int bucket = 0; bucket < MILLISECONDS_MAX.size(); bucket++) {
            count += buckets.get(bucket).sum();
            all.add(new Totals.Bucket(MILLISECONDS_MAX.get(bucket), count));
        }
        return all;
    }
}
