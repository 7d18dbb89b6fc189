package dev.mapwright.adapters.items.series;

import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The items of a series of objects, in the series' order and numbered over all of them. While one
/// object is read, the next ones are opened, and their first items read, side by side: many small
/// objects cost the waiting of few. Large ones gain nothing from that, and those of some formats
/// take much memory each: they are opened one after the other.
final class SeriesItemSource implements ItemSource {
    /// Objects that are open at a time, beside the one being read.
    private static final int OBJECTS_AHEAD_MAX = 8;

    /// What open objects may have altogether, if there is more than one.
    private static final long OPEN_BYTES_MAX = 32 * 1024 * 1024;

    /// What an object of unknown size is taken for.
    private static final long UNKNOWN_BYTES = OPEN_BYTES_MAX / 4;

    private final ObjectSeries series;
    private final ItemReader reader;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("items-ahead-", 0).factory());
    private final Deque<Ahead> ahead = new ArrayDeque<>();
    private Optional<ObjectSeries.Member> waiting = Optional.empty();
    private long openBytes;
    private long currentBytes;
    private Optional<ReadFailed> seriesFailure = Optional.empty();
    private boolean seriesEnded;
    private Optional<OpenedObject> current = Optional.empty();
    private final SeriesPosition start;
    private long index;

    /// @param bytes the object's size, or what it is taken for
    private record Ahead(Future<OpenedObject> object, long bytes) {}

    private SeriesItemSource(ObjectSeries series, ItemReader reader, SeriesPosition start) {
        this.series = series;
        this.reader = reader;
        this.start = start;
        this.index = start.item();
    }

    /// Opens the series anew or at a place.
    @FunctionalInterface
    interface Opening {
        ObjectSeries open(Optional<String> place) throws ReadFailed, InterruptedException;
    }

    /// @param reader for each object's format
    /// @param position from [#position], of a former source
    static SeriesItemSource open(Opening opening, ItemReader reader, Optional<String> position)
            throws ReadFailed, InterruptedException {
        if (position.isEmpty()) {
            ObjectSeries series = opening.open(Optional.empty());
            var start = new SeriesPosition(0, series.place(), Optional.empty());
            return new SeriesItemSource(series, reader, start);
        }
        var start = SeriesPosition.parse(position.get());
        var source = new SeriesItemSource(opening.open(Optional.of(start.place())), reader, start);
        try {
            source.takeUp();
            return source;
        } catch (ReadFailed | InterruptedException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private void takeUp() throws ReadFailed, InterruptedException {
        if (start.object().isPresent()) {
            var object = start.object().get();
            current = Optional.of(
                    opened(object.address(), start.place(), Optional.of(object.position())));
            currentBytes = UNKNOWN_BYTES;
            openBytes = UNKNOWN_BYTES;
        }
    }

    @Override
    public Optional<Item> next() throws ReadFailed, InterruptedException {
        while (true) {
            openAhead();
            if (current.isPresent()) {
                Optional<Item> item = current.get().next();
                if (item.isPresent()) {
                    return item.map(this::numbered);
                }
            }
            if (ahead.isEmpty() && waiting.isEmpty()) {
                if (seriesFailure.isPresent()) {
                    throw seriesFailure.get();
                }
                return Optional.empty();
            }
            takeNext();
        }
    }

    private Item numbered(Item item) {
        return new Item(index++, item.key(), item.value(), item.source());
    }

    /// Once the current object is closed there is room for one that waits.
    private void takeNext() throws ReadFailed, InterruptedException {
        current.ifPresent(OpenedObject::close);
        openBytes -= currentBytes;
        currentBytes = 0;
        openAhead();
        Ahead next = ahead.remove();
        currentBytes = next.bytes();
        current = Optional.of(taken(next.object()));
    }

    private void openAhead() throws InterruptedException {
        while (ahead.size() < OBJECTS_AHEAD_MAX && findNext()) {
            ObjectSeries.Member next = waiting.orElseThrow();
            long bytes = next.bytes().orElse(UNKNOWN_BYTES);
            if (openBytes > 0 && openBytes + bytes > OPEN_BYTES_MAX) {
                return;
            }
            String place = series.place();
            ahead.add(new Ahead(threads.submit(() -> readAhead(next, place)), bytes));
            openBytes += bytes;
            waiting = Optional.empty();
        }
    }

    /// Whether an object waits to be opened. One waits at most, so that the series' place is the
    /// one behind it.
    private boolean findNext() throws InterruptedException {
        if (waiting.isEmpty() && !seriesEnded) {
            try {
                waiting = series.next();
                seriesEnded = waiting.isEmpty();
            } catch (ReadFailed e) {
                seriesFailure = Optional.of(e);
                seriesEnded = true;
            }
        }
        return waiting.isPresent();
    }

    private OpenedObject readAhead(ObjectSeries.Member member, String place)
            throws ReadFailed, InterruptedException {
        OpenedObject object = opened(member.address(), place, member.beginning());
        try {
            object.readAhead();
            return object;
        } catch (InterruptedException | RuntimeException e) {
            object.close();
            throw e;
        }
    }

    private OpenedObject opened(ObjectAddress address, String place, Optional<String> position)
            throws ReadFailed, InterruptedException {
        var dataset = new Dataset.Read(
                "s3:getObject",
                Json.of(Map.of("Bucket", address.bucket(), "Key", address.key())),
                series.config(),
                0);
        return new OpenedObject(address, place, reader.open(dataset, position));
    }

    private static OpenedObject taken(Future<OpenedObject> object)
            throws ReadFailed, InterruptedException {
        try {
            return object.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ReadFailed failed -> throw failed;
                case RuntimeException ours -> throw ours;
                case Throwable other ->
                    throw new IllegalStateException(
                            "Reading ahead ends with items or ReadFailed, not with " + other,
                            other);
            }
        }
    }

    @Override
    public String position() {
        return current.map(object -> object.position(index)).orElse(start).text();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
        for (Ahead each : ahead) {
            if (each.object().state() == Future.State.SUCCESS) {
                each.object().resultNow().close();
            }
        }
        current.ifPresent(OpenedObject::close);
        series.close();
    }
}
