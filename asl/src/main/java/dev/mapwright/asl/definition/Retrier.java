package dev.mapwright.asl.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One entry of `Retry`.
public record Retrier(
        List<String> errors,
        Duration interval,
        double backoffRate,
        int maxAttempts,
        Optional<Duration> maxDelay,
        boolean jitter) {}
