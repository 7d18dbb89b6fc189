package dev.mapwright.asl.definition;

import dev.mapwright.asl.expression.Failure;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// Retry and Catch of one state, decided in one place and without side effects.
public record Recovery(List<Retrier> retriers, List<Catcher> catchers) {
    public static final Recovery NONE = new Recovery(List.of(), List.of());

    /// What to do about `failure`, given how often each retrier (by position) was used during this
    /// visit.
    public Decision decide(Failure failure, List<Integer> retriesUsed, RandomGenerator random) {
        throw new UnsupportedOperationException("sketch");
    }

    public sealed interface Decision {
        record RetryAfter(Duration delay, int retrier) implements Decision {}

        record GoTo(Catcher catcher) implements Decision {}

        record GiveUp() implements Decision {}
    }
}
