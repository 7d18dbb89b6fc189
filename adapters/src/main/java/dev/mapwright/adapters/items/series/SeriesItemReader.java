package dev.mapwright.adapters.items.series;

import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Optional;

/// Reads a dataset of many objects: the items of each, one object after the other.
///
/// @param opener finds the objects
/// @param format reads one of them
public record SeriesItemReader(ObjectSeries.Opener opener, ItemReader format)
        implements ItemReader {
    @Override
    public ItemSource open(Dataset.Read dataset, Optional<String> position)
            throws ReadFailed, InterruptedException {
        return SeriesItemSource.open(place -> opener.open(dataset, place), format, position);
    }
}
