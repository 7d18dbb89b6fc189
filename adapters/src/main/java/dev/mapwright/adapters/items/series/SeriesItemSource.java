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
/// objects cost the waiting of few.
final class SeriesItemSource implements ItemSource {
    /// Objects that are open at a time, beside the one being read.
    private static final int OBJECTS_AHEAD_MAX = 8;

    private final ObjectSeries series;
    private final ItemReader reader;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("items-ahead-", 0).factory());
    private final Deque<Future<OpenedObject>> ahead = new ArrayDeque<>();
    private Optional<ReadFailed> seriesFailure = Optional.empty();
    private boolean seriesEnded;
    private Optional<OpenedObject> current = Optional.empty();
    private final SeriesPosition start;
    private long index;

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
            if (ahead.isEmpty()) {
                if (seriesFailure.isPresent()) {
                    throw seriesFailure.get();
                }
                return Optional.empty();
            }
            current.ifPresent(OpenedObject::close);
            current = Optional.of(taken(ahead.remove()));
        }
    }

    private Item numbered(Item item) {
        return new Item(index++, item.key(), item.value(), item.source());
    }

    private void openAhead() throws InterruptedException {
        while (ahead.size() < OBJECTS_AHEAD_MAX && !seriesEnded) {
            try {
                Optional<ObjectSeries.Member> member = series.next();
                if (member.isPresent()) {
                    String place = series.place();
                    ahead.add(threads.submit(() -> readAhead(member.get(), place)));
                } else {
                    seriesEnded = true;
                }
            } catch (ReadFailed e) {
                seriesFailure = Optional.of(e);
                seriesEnded = true;
            }
        }
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
        for (Future<OpenedObject> object : ahead) {
            if (object.state() == Future.State.SUCCESS) {
                object.resultNow().close();
            }
        }
        current.ifPresent(OpenedObject::close);
        series.close();
    }
}
