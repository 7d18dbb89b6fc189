package dev.mapwright.engine.store;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Recorded;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is kept, durably. Its adapters pass one contract test (testkit, StoreContract), whose table
/// of contents is: a write is atomic, all of its changes or none; writes become durable in the
/// order in which they were handed in; after a crash everything awaited is there, and what was not
/// awaited is there as a prefix; readers see committed writes only; a journal takes lines under the
/// newest fence only.
///
/// A disk that takes no more is a [StoreFailed] for this write and for all that come after it.
public interface Store {
    /// Hands the changes in as one atomic unit and returns at once.
    Receipt write(List<Change> changes);

    /// Writes a new execution together with `changes`, durably; or changes nothing and returns the
    /// one that is already there under this ARN.
    Optional<Execution> create(Execution execution, List<Change> changes)
            throws InterruptedException;

    /// Takes over the right to write an execution's journal: a fence higher than any before (the
    /// first one is 1; a journal that was never claimed is written under fence 0).
    long claim(String executionArn);

    Optional<Execution> execution(String arn);

    /// A page may be shorter than asked for, even empty, and still have one that follows.
    Page<Execution> executions(ExecutionQuery query);

    /// Executions that have not ended and are no map run's children, in no particular order.
    Page<Execution> unfinished(int limit, Optional<String> pageToken);

    /// Executions that ended before `end` and are no map run's children, those that ended first
    /// first.
    Page<Execution> ended(Instant end, int limit, Optional<String> pageToken);

    /// Lines of one journal in order, from `sequence` on. Fewer than `limit` where they are large,
    /// so that a page of them takes some megabytes at most; none only where there is none.
    List<Recorded> journal(String executionArn, long sequence, int limit);

    Optional<MapRunRecord> mapRun(String arn);

    /// The map runs of one execution, newest first.
    Page<MapRunRecord> mapRuns(String executionArn, int limit, Optional<String> pageToken);

    /// Map runs of a map run's children, in no particular order.
    List<MapRunRecord> mapRunsWithin(String mapRunArn, int limit);

    /// Lines of a map run's journal in order, from `sequence` on.
    List<RunLine> runLines(String mapRunArn, long sequence, int limit);

    Optional<Json> document(String kind, String key);

    /// Documents of one kind whose key starts with `prefix`, in order of their keys.
    Page<Document> documents(String kind, String prefix, int limit, Optional<String> pageToken);

    /// Has the room of what was dropped given back, some time soon. Returns at once.
    void reclaim();
}
