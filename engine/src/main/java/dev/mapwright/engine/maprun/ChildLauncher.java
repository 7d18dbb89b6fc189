package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;

import java.util.List;
import java.util.function.Consumer;

/// Starts children. Implemented by engine.execution, which is how a map run can start executions
/// and an execution can run map runs.
public interface ChildLauncher {
    /// The record of a batch's child, RUNNING from now, not yet stored.
    Execution child(MapRunRecord run, Batch batch);

    /// What must be written, in the same atomic write as the dispatch itself, before the child may
    /// start.
    List<Change> creation(Execution child);

    /// Runs children that were just stored, beside whoever calls this. `ended`, the same for all
    /// children of a run, is called with each child's record as it was handed to the store at its
    /// end: once, on whatever strand, for one child or for several at a time. Not called when the
    /// process shuts down.
    void launch(List<Execution> children, Consumer<List<Execution>> ended);

    /// The same for one child that is redriven: it goes on from where it failed (EXPRESS: from the
    /// start).
    void relaunch(Execution child, Consumer<List<Execution>> ended);

    /// The same for one child that a former process started: it goes on from wherever its journal
    /// left off (EXPRESS: from the start). One that has ended is reported at once.
    void resume(Execution child, Consumer<List<Execution>> ended);

    /// Whether an unsuccessful child may still be redriven: AWS has a limit for its age and for the
    /// length of its history.
    boolean isRedrivable(Execution child);

    /// The record of an unsuccessful child that runs again from now, under its old ARN; not yet
    /// stored. A STANDARD one keeps its start date, an EXPRESS one begins anew.
    Execution redriven(Execution child);

    /// Stops a running STANDARD child: it ends ABORTED and is reported as usual. EXPRESS children
    /// can't be stopped.
    void stop(Execution child, Failure why);
}
