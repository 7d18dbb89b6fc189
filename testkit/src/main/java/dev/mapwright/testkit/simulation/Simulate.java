package dev.mapwright.testkit.simulation;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// `mapwright simulate [--seed N] [--minutes M]`: checks one seed thoroughly, or random ones for a
/// while. Exits with 0 when everything held, 1 when something did not, 2 when asked for nonsense.
public final class Simulate {
    private static final String USAGE = "usage: mapwright simulate [--seed N] [--minutes M]";
    private static final Duration DEFAULT_DURATION = Duration.ofMinutes(1);
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(10);
    private static final long MINUTES_MAX = 60 * 24 * 7;

    private final PrintStream out;

    private Simulate(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    /// Returns the exit status.
    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        Optional<Long> seed = Optional.empty();
        Optional<Duration> duration = Optional.empty();
        for (int i = 0; i < arguments.length; i += 2) {
            Optional<Long> value =
                    i + 1 < arguments.length ? number(arguments[i + 1]) : Optional.empty();
            if (arguments[i].equals("--seed") && value.isPresent()) {
                seed = value;
            } else if (arguments[i].equals("--minutes")
                    && value.filter(minutes -> minutes > 0 && minutes <= MINUTES_MAX)
                            .isPresent()) {
                duration = value.map(Duration::ofMinutes);
            } else {
                err.printf(
                        "%s: not an option with a number (minutes: 1 to %d)%n%s%n",
                        arguments[i], MINUTES_MAX, USAGE);
                return 2;
            }
        }
        if (seed.isPresent() && duration.isPresent()) {
            err.printf("--seed and --minutes exclude each other%n%s%n", USAGE);
            return 2;
        }
        var simulate = new Simulate(out);
        return seed.isPresent()
                ? simulate.one(seed.get())
                : simulate.many(duration.orElse(DEFAULT_DURATION));
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    private int one(long seed) {
        try {
            int lives = Simulation.check(seed, Simulation.Effort.ALL);
            out.printf("Seed %d: %d runs, everything held.%n", seed, lives);
            return 0;
        } catch (AssertionError broken) {
            out.println(broken.getMessage());
            return 1;
        }
    }

    private int many(Duration duration) {
        Instant begun = Instant.now();
        Instant shown = begun;
        long seeds = 0;
        long lives = 0;
        while (Instant.now().isBefore(begun.plus(duration))) {
            long seed = ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE);
            try {
                lives += Simulation.check(seed, Simulation.Effort.SOME);
            } catch (AssertionError broken) {
                out.println(broken.getMessage());
                return 1;
            }
            seeds++;
            if (Instant.now().isAfter(shown.plus(PROGRESS_INTERVAL))) {
                shown = Instant.now();
                out.printf(
                        "%d s: %d seeds, %d runs, everything held%n",
                        Duration.between(begun, shown).toSeconds(), seeds, lives);
            }
        }
        out.printf("%d seeds, %d runs: everything held.%n", seeds, lives);
        return 0;
    }
}
