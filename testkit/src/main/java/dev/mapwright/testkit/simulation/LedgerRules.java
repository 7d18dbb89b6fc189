package dev.mapwright.testkit.simulation;

import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.RunPlan;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;
import dev.mapwright.engine.store.Store;
import dev.mapwright.testkit.maprun.RecordedResults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/// What must hold of a map run: its counts add up, they are its children's, and every item is in
/// exactly one child.
final class LedgerRules {
    private static final int CHILDREN_MAX = 10_000;

    private LedgerRules() {}

    /// The map runs of an execution, and of its children, theirs, and so on.
    static List<MapRunRecord> runs(Store store, String executionArn, int limit) {
        var runs = new ArrayList<MapRunRecord>();
        for (MapRunRecord run :
                store.mapRuns(executionArn, limit, Optional.empty()).items()) {
            runs.add(run);
            for (Execution child : children(store, run)) {
                runs.addAll(runs(store, child.arn(), limit));
            }
        }
        return runs;
    }

    /// In order of their batches.
    static List<Execution> children(Store store, MapRunRecord run) {
        return store
                .executions(new ExecutionQuery(
                        new ExecutionQuery.Of.MapRun(run.arn()),
                        Optional.empty(),
                        CHILDREN_MAX,
                        Optional.empty()))
                .items()
                .stream()
                .sorted(Comparator.comparing(
                        child -> child.child().orElseThrow().batch()))
                .toList();
    }

    /// At every moment.
    static void checkCounts(MapRunRecord run) {
        for (Counts counts : List.of(run.items(), run.executions())) {
            Violation.unless(
                    counts.pending() >= 0
                            && counts.running() >= 0
                            && counts.succeeded() >= 0
                            && counts.failed() >= 0
                            && counts.timedOut() >= 0
                            && counts.aborted() >= 0
                            && counts.pendingRedrive() >= 0
                            && counts.failuresNotRedrivable() >= 0
                            && counts.pendingRedrive() + counts.failuresNotRedrivable()
                                    <= counts.failed() + counts.timedOut() + counts.aborted(),
                    "%s counts %s",
                    run.arn(),
                    counts);
        }
        itemCount(run)
                .ifPresent(count -> Violation.unless(
                        run.items().total() <= count,
                        "%s counts %s of %d items",
                        run.arn(),
                        run.items(),
                        count));
    }

    /// Once the run is over.
    static void checkEnded(Store store, MapRunRecord run, Optional<RecordedResults> results) {
        Violation.unless(
                run.status() != MapRunRecord.Status.RUNNING && run.endedAt().isPresent(),
                "%s is left %s",
                run.arn(),
                run.status());
        checkCounts(run);
        Violation.unless(
                run.items().pendingRedrive() + run.executions().pendingRedrive() == 0,
                "%s has ended and counts %s",
                run.arn(),
                run.items());
        List<Execution> children = children(store, run);
        long nextItem = 0;
        long nextBatch = 0;
        for (Execution child : children) {
            var place = child.child().orElseThrow();
            Violation.unless(child.status().hasEnded(), "child %s is left running", child.arn());
            Violation.unless(
                    place.batch() == nextBatch && place.firstItem() == nextItem,
                    "batch %d, item %d expected, found %s",
                    nextBatch,
                    nextItem,
                    place);
            nextBatch++;
            nextItem += place.itemCount();
        }
        checkTally(run, children, run.executions(), _ -> 1);
        checkTally(
                run, children, run.items(), child -> child.child().orElseThrow().itemCount());
        if (run.status() == MapRunRecord.Status.SUCCEEDED) {
            long items = itemCount(run).orElse(nextItem);
            Violation.unless(
                    nextItem == items,
                    "%s succeeded with %d of %d items",
                    run.arn(),
                    nextItem,
                    items);
        }
        results.ifPresent(written -> checkResults(run, children, written));
    }

    private static void checkTally(
            MapRunRecord run,
            List<Execution> children,
            Counts counts,
            ToLongFunction<Execution> weight) {
        for (Execution.Status status : Execution.Status.values()) {
            long counted =
                    switch (status) {
                        case RUNNING, PENDING_REDRIVE -> counts.running();
                        case SUCCEEDED -> counts.succeeded();
                        case FAILED -> counts.failed();
                        case TIMED_OUT -> counts.timedOut();
                        case ABORTED -> counts.aborted();
                    };
            long found = children.stream()
                    .filter(child -> status == Execution.Status.PENDING_REDRIVE
                            ? !child.status().hasEnded()
                            : child.status() == status)
                    .mapToLong(weight)
                    .sum();
            Violation.unless(
                    counted == found,
                    "%s counts %d %s, its children %d",
                    run.arn(),
                    counted,
                    status,
                    found);
        }
    }

    private static void checkResults(
            MapRunRecord run, List<Execution> children, RecordedResults results) {
        List<String> written = results.finished().stream()
                .filter(entry -> !entry.startsWith("PENDING "))
                .sorted()
                .toList();
        List<String> expected = children.stream()
                .map(child -> child.child().orElseThrow().batch() + " " + child.status())
                .sorted()
                .toList();
        Violation.unless(
                written.equals(expected),
                "%s wrote results %s of children %s",
                run.arn(),
                written,
                expected);
    }

    /// Absent where only the reader knows.
    private static OptionalLong itemCount(MapRunRecord run) {
        return switch (RunPlan.of(run.plan()).dataset()) {
            case Dataset.StateItems(var items) ->
                OptionalLong.of(
                        switch (items.value()) {
                            case List<?> array -> array.size();
                            case Map<?, ?> object -> object.size();
                            case null, default -> 0;
                        });
            case Dataset.Read _ -> OptionalLong.empty();
        };
    }
}
