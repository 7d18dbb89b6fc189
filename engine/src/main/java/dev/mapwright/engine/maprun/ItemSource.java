package dev.mapwright.engine.maprun;

import java.util.Optional;

/// A stream of items that can be left at any item and taken up again there. Used by one strand.
public interface ItemSource extends AutoCloseable {
    /// The next item, or empty at the end of the dataset.
    Optional<Item> next() throws ReadFailed, InterruptedException;

    /// Reopens the source just after the item returned last; its meaning is the reader's own (a
    /// byte offset, a row group and row, a listing token). Holds the version of what is read (ETag,
    /// VersionId): going on with a changed object fails, naming both, and never mixes two versions.
    String position();

    @Override
    void close();
}
