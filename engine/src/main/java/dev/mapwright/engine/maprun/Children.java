package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Store;

/// The children of one run as they are stored, found by the index of their batch.
record Children(Store store, ChildLauncher launcher, MapRunRecord run) {
    Execution load(long batch) {
        return store.execution(arn(batch))
                .orElseThrow(() -> new IllegalStateException(
                        "batch %d of %s was dispatched, but its child has no record".formatted(batch, run.arn())));
    }

    private String arn(long batch) {
        return launcher.child(run, new Batch(batch, 0, 0, Json.EMPTY_OBJECT, "")).arn();
    }
}
