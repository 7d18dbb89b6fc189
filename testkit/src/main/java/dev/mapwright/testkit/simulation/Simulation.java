package dev.mapwright.testkit.simulation;

import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.testkit.history.HistoryText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Everything that is tried with one seed: a machine is drawn, runs undisturbed, and then again
/// with every disturbance.
public final class Simulation {
    private static final int TRACE_LINES = 40;

    /// How much is tried.
    public enum Effort {
        /// A crash at a few of the commits.
        SOME,
        /// A crash at every commit, and more of everything else.
        ALL
    }

    private final long seed;
    private final RandomMachine.Drawn machine;
    private int lives;

    private Simulation(long seed) {
        this.seed = seed;
        this.machine = RandomMachine.draw(seed);
    }

    /// Returns how many times the machine ran.
    ///
    /// @throws AssertionError when something did not hold: says what, how to repeat it, and what
    ///     was recorded
    public static int check(long seed, Effort effort) {
        var simulation = new Simulation(seed);
        simulation.check(effort);
        return simulation.lives;
    }

    private void check(Effort effort) {
        Life undisturbed = live(new Disturbance.None(seed), Optional.empty());
        Optional<Execution> expected = machine.predictable()
                ? undisturbed.store().execution(Life.EXECUTION)
                : Optional.empty();
        for (Disturbance disturbance : disturbances(undisturbed.commits(), effort)) {
            live(disturbance, machine.keepsEnding(disturbance) ? expected : Optional.empty());
        }
    }

    /// Those of less effort are among those of more.
    private List<Disturbance> disturbances(long commits, Effort effort) {
        RandomGenerator random = new SplittableRandom(seed);
        int share =
                switch (effort) {
                    case SOME -> 1;
                    case ALL -> 5;
                };
        long firstCommit = 1 + random.nextLong(Math.max(1, commits / 3));
        var all = new ArrayList<Disturbance>();
        for (long commit = 1; commit <= commits; commit++) {
            boolean isChosen =
                    switch (effort) {
                        case SOME -> commit % Math.max(1, commits / 3) == firstCommit - 1;
                        case ALL -> true;
                    };
            if (isChosen) {
                all.add(new Disturbance.CrashAtCommit(seed * 10_007 + commit, commit));
            }
        }
        for (int each = 1; each <= share; each++) {
            long own = seed * 7_919 + each;
            all.add(new Disturbance.Crashes(own, 6, 40 << each % 4));
            all.add(new Disturbance.Adjusted(own, each % 3));
            all.add(new Disturbance.Stopped(own, each % 3));
            all.add(new Disturbance.ShutDown(own, 4));
            all.add(new Disturbance.Redriven(own, each % 3, 1 + each % 2));
            all.add(new Disturbance.Redriven(own + 1, (each + 1) % 3, 1 + each % 3));
        }
        return all;
    }

    private Life live(Disturbance disturbance, Optional<Execution> expected) {
        lives++;
        var life = new Life(machine.definition(), disturbance);
        try {
            Execution ended = life.toEnd();
            Aftermath.check(life.store(), ended, life.results());
            while (life.mayRedrive(ended)) {
                List<Execution> before = succeeded(life);
                ended = life.redriven();
                Aftermath.check(life.store(), ended, life.results());
                checkUntouched(life, before);
            }
            Execution last = ended;
            expected.ifPresent(wanted -> checkSame(wanted, last));
        } catch (RuntimeException | AssertionError broken) {
            throw new Violation(report(life, disturbance, broken), broken);
        }
        return life;
    }

    private static List<Execution> succeeded(Life life) {
        return life.runs().stream()
                .flatMap(run -> LedgerRules.children(life.store(), run).stream())
                .filter(child -> child.status() == Execution.Status.SUCCEEDED)
                .toList();
    }

    /// A redrive leaves alone what has succeeded.
    private static void checkUntouched(Life life, List<Execution> before) {
        for (Execution child : before) {
            Violation.unless(
                    life.store().execution(child.arn()).equals(Optional.of(child)),
                    "%s had succeeded and was touched",
                    child.arn());
        }
    }

    private static void checkSame(Execution wanted, Execution ended) {
        Violation.unless(
                wanted.status() == ended.status()
                        && wanted.output().equals(ended.output())
                        && wanted.failure()
                                .flatMap(failure -> failure.error())
                                .equals(ended.failure().flatMap(failure -> failure.error())),
                "undisturbed it ends %s %s %s, now %s %s %s",
                wanted.status(),
                wanted.output(),
                wanted.failure(),
                ended.status(),
                ended.output(),
                ended.failure());
    }

    private String report(Life life, Disturbance disturbance, Throwable broken) {
        var report = new StringBuilder();
        report.append("%s%n%nSeed %d, %s. To repeat it:%n%n    ./mapwright simulate --seed %d%n"
                .formatted(broken.getMessage(), seed, disturbance, seed));
        report.append("%nThe definition:%n%n%s%n".formatted(machine.definition()));
        life.store().execution(Life.EXECUTION).ifPresent(execution -> {
            report.append("%nIts history:%n%n".formatted());
            report.append(HistoryText.of(Aftermath.journal(life.store(), execution)));
        });
        for (MapRunRecord run : life.runs()) {
            report.append("%n%s %s %s%n".formatted(run.arn(), run.status(), run.items()));
            for (Execution child : LedgerRules.children(life.store(), run)) {
                report.append("  %s %s%n".formatted(child.child().orElseThrow(), child.status()));
            }
        }
        List<String> trace = life.trace();
        report.append("%nThe last turns:%n%n".formatted());
        trace.subList(Math.max(0, trace.size() - TRACE_LINES), trace.size())
                .forEach(line -> report.append("  ").append(line).append('\n'));
        return report.toString();
    }
}
