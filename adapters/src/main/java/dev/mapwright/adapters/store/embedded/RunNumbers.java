package dev.mapwright.adapters.store.embedded;

import dev.mapwright.engine.maprun.ChildName;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What stands for a map run in keys and names ([ChildName#runOf]), remembered: it takes a
/// microsecond to compute, and a child needs it several times.
final class RunNumbers {
    private static final int RUNS_MAX = 10_000;

    private final Map<String, Long> numbers = new ConcurrentHashMap<>();

    long of(String mapRunArn) {
        Long known = numbers.get(mapRunArn);
        return known != null ? known : learn(mapRunArn);
    }

    private long learn(String mapRunArn) {
        if (numbers.size() >= RUNS_MAX) {
            numbers.clear();
        }
        long number = ChildName.runOf(mapRunArn);
        numbers.put(mapRunArn, number);
        return number;
    }
}
