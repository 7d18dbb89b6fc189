package dev.mapwright.asl.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One entry of `Retry`.
public record Retrier(
        List<String> errors,
        Duration interval,
        double backoffRate,
        int maxAttempts,
        Optional<Duration> maxDelay,
        boolean jitter) {
    /// The longest that any delay may be; an exponential backoff without `MaxDelaySeconds` ends
    /// here.
    private static final Duration DELAY_MAX = Duration.ofSeconds(99_999_999);

    public Retrier {
        errors = List.copyOf(errors);
    }

    /// How long to wait before the `attempt`-th retry, counted from 1: the interval times the
    /// backoff rate for each retry before, at most `maxDelay`; with jitter any time up to that.
    Duration delay(int attempt, RandomGenerator random) {
        Duration longest =
                maxDelay.filter(limit -> limit.compareTo(DELAY_MAX) < 0).orElse(DELAY_MAX);
        double milliseconds = Math.min(
                interval.toMillis() * Math.pow(backoffRate, attempt - 1), longest.toMillis());
        return Duration.ofMillis(
                Math.round(jitter ? random.nextDouble() * milliseconds : milliseconds));
    }
}
