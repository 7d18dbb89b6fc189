package dev.mapwright.adapters.items.series;

import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Optional;

/// The objects of a dataset in order: what a listing finds, or a manifest names. Used by one
/// strand.
public interface ObjectSeries extends AutoCloseable {
    /// The next object, or empty behind the last one.
    Optional<Member> next() throws ReadFailed, InterruptedException;

    /// Reopens the series behind the object returned last. Holds the version of what the series is
    /// read from.
    String place();

    @Override
    void close();

    /// One object.
    ///
    /// @param beginning a position at its start, if its version is known already
    record Member(ObjectAddress address, Optional<String> beginning) {}

    /// Opens a series anew or at a place.
    @FunctionalInterface
    interface Opener {
        ObjectSeries open(Optional<String> place) throws ReadFailed, InterruptedException;
    }
}
