package dev.mapwright.engine.maprun;

import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.World;

import java.util.Optional;

/// What all map runs need of the world around them, and where they are opened.
public record Surroundings(
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
    /// @param pace of a new run, until it is changed
    public MapRun open(MapRunRecord run, ItemSelector selector, Optional<Pace> pace) {
        return new MapRun(this, run, selector, pace);
    }
}
