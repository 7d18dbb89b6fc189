package dev.mapwright.benchmarks;

import java.util.Map;

/// The least that a Java function can do.
public final class EchoFunction {
    public Map<String, Object> handleRequest(Map<String, Object> event) {
        return event;
    }
}
