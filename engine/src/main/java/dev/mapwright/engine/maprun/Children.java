package dev.mapwright.engine.maprun;

import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Store;

/// The children of one run as they are stored, found by the index of their batch.
record Children(Store store, ChildLauncher launcher, MapRunRecord run) {
    Execution load(long batch) {
        var arn = ChildName.of(run.arn(), batch).arn(run.machineArn(), run.childType());
        return store.execution(arn)
                .orElseThrow(() -> new IllegalStateException(
                        "batch %d of %s was dispatched, but there is no %s"
                                .formatted(batch, run.arn(), arn)));
    }
}
