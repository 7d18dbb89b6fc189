package dev.mapwright.adapters.items.series;

import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// One object of a series with the items that were read ahead of their turn. A failure on the way
/// is kept until its turn comes, so that the items before it are not lost.
final class OpenedObject implements AutoCloseable {
    private static final int AHEAD_ITEMS_MAX = 1_000;
    private static final long AHEAD_BYTES_MAX = 1024 * 1024;

    private final ObjectAddress address;
    private final String place;
    private final ItemSource source;
    private final Deque<Ahead> ahead = new ArrayDeque<>();
    private Optional<ReadFailed> failure = Optional.empty();
    private String position;

    private record Ahead(Item item, String position) {}

    /// @param place of the series behind this object
    OpenedObject(ObjectAddress address, String place, ItemSource source) {
        this.address = address;
        this.place = place;
        this.source = source;
        this.position = source.position();
    }

    /// Reads the first items, up to a number and a size.
    void readAhead() throws InterruptedException {
        long bytes = 0;
        try {
            while (ahead.size() < AHEAD_ITEMS_MAX && bytes < AHEAD_BYTES_MAX) {
                Optional<Item> item = source.next();
                if (item.isEmpty()) {
                    return;
                }
                bytes += item.get().value().bytes();
                ahead.add(new Ahead(item.get(), source.position()));
            }
        } catch (ReadFailed e) {
            failure = Optional.of(e);
        }
    }

    Optional<Item> next() throws ReadFailed, InterruptedException {
        if (!ahead.isEmpty()) {
            Ahead first = ahead.remove();
            position = first.position();
            return Optional.of(first.item());
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        Optional<Item> item = source.next();
        position = source.position();
        return item;
    }

    SeriesPosition position(long item) {
        return new SeriesPosition(
                item, place, Optional.of(new SeriesPosition.InObject(address, position)));
    }

    @Override
    public void close() {
        source.close();
    }
}
