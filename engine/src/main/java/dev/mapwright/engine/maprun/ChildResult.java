package dev.mapwright.engine.maprun;

import dev.mapwright.engine.store.Execution;

/// A child that has ended, with the number of its ending within the run (1, 2, 3 …): the order in
/// which a result sink is fed.
public record ChildResult(long number, Execution child) {}
