package dev.mapwright.engine.maprun;

/// Finds the reader for a dataset.
@FunctionalInterface
public interface ItemReaders {
    /// Fails for what is not supported, naming it.
    ItemReader find(Dataset.Read dataset) throws ReadFailed;
}
