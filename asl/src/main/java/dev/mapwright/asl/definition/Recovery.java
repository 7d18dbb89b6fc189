package dev.mapwright.asl.definition;

import dev.mapwright.asl.expression.Failure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Retry and Catch of one state, decided in one place and without side effects.
public record Recovery(List<Retrier> retriers, List<Catcher> catchers) {
    public static final Recovery NONE = new Recovery(List.of(), List.of());

    /// What `States.ALL` does not match; a retrier or catcher must name it. The documentation
    /// counts States.DataLimitExceeded to it, but AWS catches it by `States.ALL`.
    private static final String TERMINAL = "States.Runtime";

    /// Nor does `States.TaskFailed` match these.
    private static final Set<String> NOT_OF_TASKS = Set.of(TERMINAL, "States.DataLimitExceeded");

    public Recovery {
        retriers = List.copyOf(retriers);
        catchers = List.copyOf(catchers);
    }

    /// What to do about `failure`, given how often each retrier (by position) was used during this
    /// visit.
    ///
    /// The first retrier that names the error decides; when its attempts are spent, no other
    /// retrier is asked and the first catcher that names the error is taken.
    public Decision decide(Failure failure, List<Integer> retriesUsed, RandomGenerator random) {
        for (int index = 0; index < retriers.size(); index++) {
            Retrier retrier = retriers.get(index);
            if (matches(retrier.errors(), failure.name())) {
                int used = index < retriesUsed.size() ? retriesUsed.get(index) : 0;
                if (used < retrier.maxAttempts()) {
                    return new Decision.RetryAfter(retrier.delay(used + 1, random), index);
                }
                break;
            }
        }
        Optional<Catcher> taken = catchers.stream()
                .filter(catcher -> matches(catcher.errors(), failure.name()))
                .findFirst();
        return taken.<Decision>map(Decision.GoTo::new).orElseGet(Decision.GiveUp::new);
    }

    private static boolean matches(List<String> names, String error) {
        return names.stream().anyMatch(name -> matches(name, error));
    }

    private static boolean matches(String name, String error) {
        return switch (name) {
            case "States.ALL" -> !TERMINAL.equals(error);
            case "States.TaskFailed" -> !NOT_OF_TASKS.contains(error) && !isTimeout(error);
            case "States.Timeout" -> isTimeout(error);
            default -> name.equals(error);
        };
    }

    private static boolean isTimeout(String error) {
        return error.equals("States.Timeout") || error.equals("States.HeartbeatTimeout");
    }

    public sealed interface Decision {
        record RetryAfter(Duration delay, int retrier) implements Decision {}

        record GoTo(Catcher catcher) implements Decision {}

        record GiveUp() implements Decision {}
    }
}
