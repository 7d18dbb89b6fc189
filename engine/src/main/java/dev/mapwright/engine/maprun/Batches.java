package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.RunPlan.Batching;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a run would start its children with, for a handful of items that are all there.
public final class Batches {
    private Batches() {}

    /// @param items as they were selected
    /// @throws ItemsFailed an item alone is larger than a batch may be
    public static List<Json> of(List<Json> items, Batching batching, int payloadBytesMax)
            throws ItemsFailed {
        var batcher = new Batcher(Optional.of(batching), payloadBytesMax, 0, 0);
        var inputs = new ArrayList<Json>();
        for (Json item : items) {
            batcher.add(item, "").ifPresent(full -> inputs.add(full.batch().input()));
        }
        batcher.finish().ifPresent(last -> inputs.add(last.batch().input()));
        return List.copyOf(inputs);
    }
}
