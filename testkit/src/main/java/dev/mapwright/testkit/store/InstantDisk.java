package dev.mapwright.testkit.store;

import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Receipt;

import java.util.List;

/// Everything is durable as soon as it is handed in.
record InstantDisk(Tables tables) implements Disk {
    @Override
    public Receipt write(List<Change> changes) {
        tables.apply(changes);
        return Receipt.DONE;
    }

    @Override
    public void commitAll() {}

    @Override
    public List<List<Change>> pending() {
        return List.of();
    }
}
