package dev.mapwright.testkit.store;

import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Receipt;

import java.util.List;

/// When what was handed in becomes durable.
sealed interface Disk permits InstantDisk, SimulatedDisk {
    /// Takes a write in; called in the order of writing.
    Receipt write(List<Change> changes);

    /// Makes everything durable that was handed in.
    void commitAll();

    /// What was handed in but is not durable yet, oldest first.
    List<List<Change>> pending();
}
