package dev.mapwright.adapters.items.series;

import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Optional;
import java.util.OptionalLong;

/// The objects of a dataset in order: what a listing finds, or a manifest names. Used by one
/// strand.
public interface ObjectSeries extends AutoCloseable {
    /// The next object, or empty behind the last one.
    Optional<Member> next() throws ReadFailed, InterruptedException;

    /// Reopens the series behind the object returned last. Holds the version of what the series is
    /// read from.
    String place();

    /// The ReaderConfig, of which a format's reader takes what concerns one object.
    Json config();

    @Override
    void close();

    /// One object.
    ///
    /// @param beginning a position at its start, if its version is known already
    /// @param bytes its size, if that is known already
    record Member(ObjectAddress address, Optional<String> beginning, OptionalLong bytes) {
        /// An object of which nothing is known but its name.
        public static Member named(ObjectAddress address) {
            return new Member(address, Optional.empty(), OptionalLong.empty());
        }
    }

    /// A kind of dataset that names objects.
    @FunctionalInterface
    interface Opener {
        /// @param place where to go on, from [ObjectSeries#place]; absent: at the start
        ObjectSeries open(Dataset.Read dataset, Optional<String> place)
                throws ReadFailed, InterruptedException;
    }
}
