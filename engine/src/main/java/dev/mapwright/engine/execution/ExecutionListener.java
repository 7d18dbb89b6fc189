package dev.mapwright.engine.execution;

import dev.mapwright.engine.store.Execution;

/// Is told what becomes of executions, children of map runs included. Called on the executions' own
/// strands, up to some 100,000 times a second: an implementation neither waits nor throws. A crash
/// can swallow a call; nothing durable may hang on it.
public interface ExecutionListener {
    /// It is RUNNING for the first time. Not called for what goes on after a restart.
    void started(Execution execution);

    /// It is RUNNING again, with `redriveCount` counted up.
    void redriven(Execution execution);

    /// It has ended, for now or for good: its status, date, output and failure are there.
    void ended(Execution execution);
}
