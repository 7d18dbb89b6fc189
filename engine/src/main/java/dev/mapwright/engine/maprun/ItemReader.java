package dev.mapwright.engine.maprun;

import java.util.Optional;

/// Opens one kind of dataset: CSV, JSON, JSON Lines, Parquet, an inventory or manifest, a listing.
public interface ItemReader {
    /// @param position where to go on, from [ItemSource#position]; absent: at the start
    ItemSource open(Dataset.Read dataset, Optional<String> position)
            throws ReadFailed, InterruptedException;
}
