package dev.mapwright.adapters.delivery;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.tags.Tags;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.world.World;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;

/// The built-in Firehose. An acknowledged record is durable, and is delivered at least once; after
/// a crash in the midst of a delivery its object is written again, not a second one.
public final class DeliveryStreams implements AutoCloseable {
    /// https://docs.aws.amazon.com/firehose/latest/dev/limits.html
    public static final int RECORD_BYTES_MAX = 1_024_000;

    public static final int BATCH_RECORDS_MAX = 500;
    public static final int BATCH_BYTES_MAX = 4 * 1024 * 1024;
    static final int STREAMS_MAX = 5_000;
    private static final String LIMIT = "LimitExceededException";

    private final KeyValueStore store;
    private final Space definitions;
    private final Tags tags;
    private final ObjectStore objects;
    private final World world;
    private final ConcurrentNavigableMap<String, Pump> pumps = new ConcurrentSkipListMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    /// Goes on delivering.
    public DeliveryStreams(KeyValueStore store, ObjectStore objects, World world) {
        this.store = store;
        this.definitions = store.space("delivery.streams");
        this.tags = new Tags(store, "delivery.tags", LIMIT);
        this.objects = objects;
        this.world = world;
        try (Space.Scan scan =
                definitions.scan(new byte[0], new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                start(StreamRecord.read(scan.value()));
            }
        }
    }

    private void start(DeliveryStream stream) {
        pumps.put(stream.name(), new Pump(stream, journal(stream), objects, world));
    }

    private Journal journal(DeliveryStream stream) {
        return new Journal(store, stream.id());
    }

    public void create(String name, Destination destination, Map<String, String> tagged)
            throws Refused, InterruptedException {
        changing.lock();
        try {
            if (pumps.containsKey(name)) {
                throw new Refused(
                        "ResourceInUseException", "Firehose %s already exists".formatted(name));
            }
            if (pumps.size() >= STREAMS_MAX) {
                throw new Refused(
                        LIMIT,
                        "Too many streams: at most %,d can exist. Delete one first"
                                .formatted(STREAMS_MAX));
            }
            Instant now = world.now();
            var stream =
                    new DeliveryStream(name, world.uuid().toString(), now, 1, now, destination);
            var batch = new Batch().put(definitions, key(name), StreamRecord.write(stream));
            tags.put(batch, name, tagged);
            store.commit(batch);
            start(stream);
        } finally {
            changing.unlock();
        }
    }

    /// Has a stream deliver otherwise from now on.
    ///
    /// @param version that the client believes it has
    /// @param change makes the next destination of the one before
    public void change(String name, String version, Change change)
            throws Refused, InterruptedException {
        changing.lock();
        try {
            Pump pump = pump(name);
            DeliveryStream stream = pump.stream();
            if (!version.equals(Long.toString(stream.version()))) {
                throw new Refused(
                        "ConcurrentModificationException",
                        "Firehose %s has version %d, not %s"
                                .formatted(name, stream.version(), version));
            }
            DeliveryStream changed =
                    stream.withDestination(change.of(stream.destination()), world.now());
            store.commit(new Batch().put(definitions, key(name), StreamRecord.write(changed)));
            pump.change(changed);
        } finally {
            changing.unlock();
        }
    }

    /// What becomes of a destination.
    public interface Change {
        Destination of(Destination before) throws Refused;
    }

    public SortedMap<String, String> tags(String name) throws Refused {
        pump(name);
        return tags.of(name);
    }

    public void tag(String name, Map<String, String> added) throws Refused, InterruptedException {
        pump(name);
        tags.add(name, added);
    }

    public void untag(String name, List<String> keys) throws Refused, InterruptedException {
        pump(name);
        tags.remove(name, keys);
    }

    /// Delivers what waits, as far as S3 takes it, and forgets the stream.
    public void delete(String name) throws Refused, InterruptedException {
        changing.lock();
        try {
            Pump pump = pump(name);
            pump.close();
            pumps.remove(name);
            var batch = new Batch().delete(definitions, key(name));
            journal(pump.stream()).deleteAll(batch);
            tags.drop(batch, name);
            store.commit(batch);
        } finally {
            changing.unlock();
        }
    }

    public DeliveryStream get(String name) throws Refused {
        return pump(name).stream();
    }

    /// Names in order, behind `after`.
    public List<String> names(String after, int max) {
        return pumps.tailMap(after, false).keySet().stream().limit(max).toList();
    }

    /// Returns once the records are durable.
    public void put(String name, List<byte[]> records) throws Refused, InterruptedException {
        pump(name).put(records);
    }

    private Pump pump(String name) throws Refused {
        Pump pump = pumps.get(name);
        if (pump == null) {
            throw new Refused(
                    "ResourceNotFoundException", "Firehose %s not found.".formatted(name));
        }
        return pump;
    }

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /// Delivers everything.
    @Override
    public void close() {
        try {
            for (Pump pump : pumps.values()) {
                pump.close();
            }
        } catch (InterruptedException impatient) {
            // What was not delivered is in the journal.
            Thread.currentThread().interrupt();
        }
    }
}
