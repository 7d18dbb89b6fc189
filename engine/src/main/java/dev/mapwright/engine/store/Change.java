package dev.mapwright.engine.store;

import dev.mapwright.engine.journal.Recorded;

import java.util.List;

/// One thing to write. Several go into one atomic [Store#write].
public sealed interface Change {
    /// Creates or replaces a record; the store keeps its indexes in step.
    record PutExecution(Execution execution) implements Change {}

    /// Lines for an execution's journal, refused with LeaseLost when `fence` is older than the
    /// newest claim.
    record Append(String executionArn, long fence, List<Recorded> lines) implements Change {}

    record PutMapRun(MapRunRecord run) implements Change {}

    record AppendRun(String mapRunArn, List<RunLine> lines) implements Change {}

    /// Drops the lines before `sequence`, which a later line sums up.
    record CompactRun(String mapRunArn, long sequence) implements Change {}

    /// Drops an ended execution that is no map run's child, with its journal. Its map runs are not
    /// dropped with it. Without effect where there is none.
    record DropExecution(String executionArn) implements Change {}

    /// Drops an ended map run with its journal and its children, theirs included. Map runs of its
    /// children are not dropped with it. Without effect where there is none.
    record DropMapRun(String mapRunArn) implements Change {}

    record PutDocument(Document document) implements Change {}

    record DropDocument(String kind, String key) implements Change {}
}
