package dev.mapwright.testkit.simulation;

import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Store;
import dev.mapwright.testkit.maprun.RecordedResults;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What must hold of an execution that has ended, and of all that it has started: histories are
/// well formed, counts add up, nothing is left running, and nothing ended for a reason of our own.
public final class Aftermath {
    private static final int JOURNAL_MAX = 30_000;
    private static final int MAP_RUNS_MAX = 1_000;

    private final Store store;
    private final Map<String, RecordedResults> results;

    private Aftermath(Store store, Map<String, RecordedResults> results) {
        this.store = store;
        this.results = results;
    }

    /// @param results what was written, by the ARN of the map run; runs that are not here have
    ///     written nothing that must be checked
    /// @throws AssertionError when something does not hold: says what, and of which execution
    public static void check(Store store, Execution ended, Map<String, RecordedResults> results) {
        new Aftermath(store, results).check(ended);
    }

    private void check(Execution ended) {
        Violation.unless(
                store.unfinished(1, Optional.empty()).items().isEmpty(), "something is unfinished");
        checkExecution(ended);
        for (MapRunRecord run : LedgerRules.runs(store, ended.arn(), MAP_RUNS_MAX)) {
            LedgerRules.checkEnded(store, run, Optional.ofNullable(results.get(run.arn())));
            LedgerRules.children(store, run).forEach(this::checkExecution);
        }
    }

    private void checkExecution(Execution execution) {
        Violation.unless(
                execution
                        .failure()
                        .flatMap(failure -> failure.cause())
                        .filter(cause -> cause.startsWith("Internal error"))
                        .isEmpty(),
                "%s: %s",
                execution.arn(),
                execution.failure());
        switch (execution.type()) {
            case EXPRESS -> {}
            case STANDARD -> HistoryRules.check(execution, journal(store, execution));
        }
    }

    static List<Recorded> journal(Store store, Execution execution) {
        return store.journal(execution.arn(), 1, JOURNAL_MAX);
    }
}
