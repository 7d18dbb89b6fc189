package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord.Settings;
import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.world.Inbox;

import java.util.List;
import java.util.Optional;

/// What a run's owner waits for. Senders are bounded: the reader by its room, children by the
/// places, the feeder by the results it was given.
sealed interface Message {
    /// The run may begin to read and to start children.
    record Admitted() implements Message {}

    /// The source is open; `position` names the version of the dataset.
    record SourceOpened(String position) implements Message {}

    record BatchReady(ReadyBatch ready) implements Message {}

    record ReaderEnded(long items, long batches) implements Message {}

    record ReaderFailed(Failure failure) implements Message {}

    /// The counter, ahead of the reader, has seen so many items and batches since the run's first
    /// one.
    record CountedOn(long items, long batches) implements Message {}

    /// A child of an earlier generation has its turn in a redrive.
    record EarlierChild(Execution child, Redriver.Turn turn) implements Message {}

    /// All children of earlier generations have been passed on.
    record NoEarlierChildren() implements Message {}

    record ChildrenEnded(List<Execution> children) implements Message {}

    /// Somebody waits for its answer: the receipt of the journaled change, or nothing when the run
    /// is over.
    sealed interface Adjustment extends Message {
        Inbox<Optional<Receipt>> answer();
    }

    record SettingsChanged(Settings settings, Inbox<Optional<Receipt>> answer)
            implements Adjustment {}

    record DispatchingChanged(Dispatching.Change change, Inbox<Optional<Receipt>> answer)
            implements Adjustment {}

    /// @param alongside written with the fact
    record Stop(Failure why, List<Change> alongside, Inbox<Optional<Receipt>> answer)
            implements Adjustment {}

    record Checkpointed(long covered, Json checkpoint) implements Message {}

    /// The sink has taken results.
    record ResultsFed(int count, long bytes) implements Message {}

    record ExportFailed(String cause) implements Message {}

    /// The sink has taken all that there is.
    record AllFed() implements Message {}

    record Concluded(Conclusion.Outcome outcome) implements Message {}

    /// One of the run's strands met a bug of ours; the owner throws it again.
    record StrandBroken(RuntimeException reason) implements Message {}
}
