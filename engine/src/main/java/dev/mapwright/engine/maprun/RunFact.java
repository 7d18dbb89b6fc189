package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;

import java.time.Instant;

/// What a map run's own journal says. A line holds the facts of one write, in order; [Progress] is
/// the fold over them. A redrive begins with a fact of its own, and dispatches the batches again
/// whose last [Ended] is not SUCCEEDED.
sealed interface RunFact {
    /// Where the source goes on for the first batch that has not been dispatched; said when it was
    /// first opened, so that the version of the dataset is fixed, and after dispatches.
    record ReadTo(String position) implements RunFact {}

    record Dispatched(long batch, long firstItem, int itemCount) implements RunFact {}

    /// Endings are numbered by their order in the journal.
    record Ended(long batch, Execution.Status how) implements RunFact {}

    /// The dataset was read to its end.
    record Counted(long items, long batches) implements RunFact {}

    record SettingsChanged(MapRunRecord.Settings settings) implements RunFact {}

    record DispatchingChanged(Dispatching dispatching) implements RunFact {}

    /// Endings up to number `covered` are durable in result files.
    record Checkpointed(long covered, Json checkpoint) implements RunFact {}

    /// The run is over for whoever asks. What is left is to wind it down: children that cannot be
    /// stopped finish, and what became of all of them is counted and written.
    record Aborted(Failure why, Instant at) implements RunFact {}

    /// No child is started from here on.
    ///
    /// @param pendingItems items before this index are written as PENDING if they were not started
    record Halted(Reason reason, Failure failure, long pendingItems) implements RunFact {}

    /// The results of this generation are complete, with their manifest.
    record Exported() implements RunFact {}

    record Finished(Ending ending) implements RunFact {}

    /// The run goes on. Its unsuccessful children wait to run again.
    ///
    /// @param count 1 for the first redrive
    /// @param items how many the run had counted when it ended, and `batches` how many batches
    record Redriven(int count, long items, long batches) implements RunFact {}

    /// A child of an earlier generation runs again. Those of lower batches have had their turn.
    ///
    /// @param before how it had ended
    record Redispatched(long batch, int itemCount, Execution.Status before) implements RunFact {}

    /// A child of an earlier generation stays as it is and is written among the results of this
    /// one: it cannot be redriven, or nothing was written of it when it ended.
    record Retained(long batch, int itemCount, Execution.Status how) implements RunFact {}

    /// Every child of an earlier generation has had its turn.
    record RedriveEnded() implements RunFact {}

    enum Reason {
        /// The run was aborted.
        STOPPED,
        /// Too many failures, or items that cannot be read or passed on.
        FAILED,
        /// The results cannot be written, so nothing is written any more.
        UNWRITABLE
    }
}
