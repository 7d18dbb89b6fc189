package dev.mapwright.engine.maprun;

import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.World;

/// Opens map runs: holds what all of them need.
public record MapRuns(
        World world,
        Store store,
        ItemReaders readers,
        ResultWriter writer,
        ChildLauncher launcher,
        Limits limits) {

    /// A run that is ready to go on from wherever its journal left off; nothing happens before
    /// [MapRun#run].
    ///
    /// @param run as stored; its `plan` is a [RunPlan#json]
    /// @param selector the Map state's ItemSelector, or [ItemSelector#WHOLE_ITEM]
    public MapRun open(MapRunRecord run, ItemSelector selector) {
        return new MapRun(this, run, selector);
    }
}
