package dev.mapwright.engine.maprun;

import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.RunFact.Aborted;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.MapRunRecord;

import java.util.List;
import java.util.Optional;

/// What is recorded of a run in the end: how it ended, and its last counts.
record Finish(MapRun mapRun, RunJournal journal) {
    /// Returns once the ending is durable. A run that was aborted has ended before.
    Ending write(Conclusion.Outcome outcome) throws InterruptedException {
        var progress = journal.progress();
        outcome.known()
                .ifPresent(known -> progress.tally().knowExactly(known.items(), known.batches()));
        if (outcome.written() == Conclusion.Written.EXPORTED) {
            journal.record(new RunFact.Exported());
        }
        var ending = progress.aborted()
                .<Ending>map(aborted -> new Ending.Aborted(aborted.why()))
                .orElse(outcome.ending());
        var endedAt =
                progress.aborted().map(Aborted::at).orElseGet(mapRun.engine().world()::now);
        journal.record(new RunFact.Finished(ending));
        var last = lastStanding(outcome.written());
        mapRun.publish(last);
        journal.include(List.of(new Change.PutMapRun(
                last.in(mapRun.atStart(), statusOf(ending), Optional.of(endedAt)))));
        journal.flush().await();
        return ending;
    }

    /// The final counts, with one result written for each child, whether it was started or not.
    private MapRun.Standing lastStanding(Conclusion.Written written) {
        var progress = journal.progress();
        var tally = progress.tally();
        return switch (written) {
            case EXPORTED, KEPT ->
                new MapRun.Standing(
                        tally.itemsWritten(), tally.executionsWritten(), progress.settings(), 0, 0);
            case INCOMPLETE -> MapRun.Standing.of(progress);
        };
    }

    private static MapRunRecord.Status statusOf(Ending ending) {
        return switch (ending) {
            case Ending.Succeeded _ -> MapRunRecord.Status.SUCCEEDED;
            case Ending.Failed _, Ending.TimedOut _ -> MapRunRecord.Status.FAILED;
            case Ending.Aborted _ -> MapRunRecord.Status.ABORTED;
        };
    }
}
