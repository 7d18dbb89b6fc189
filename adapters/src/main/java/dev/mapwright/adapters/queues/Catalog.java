package dev.mapwright.adapters.queues;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.request.RefusedRequest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The queues by name. Definitions change one at a time.
final class Catalog {
    /// SQS has no limit; this one bounds what is held in memory.
    static final int QUEUES_MAX = 10_000;

    /// Sorts before every name.
    private static final byte[] NEXT_NUMBER = {0};

    private final KeyValueStore store;
    private final InstantSource clock;
    private final Space definitions;
    private final ConcurrentNavigableMap<String, Queue> queues = new ConcurrentSkipListMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    Catalog(KeyValueStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.definitions = store.space("queues.definitions");
        load();
    }

    Queue queue(String name) {
        return find(name).orElseThrow(SqsErrors::noSuchQueue);
    }

    Optional<Queue> find(String name) {
        return Optional.ofNullable(queues.get(name));
    }

    /// In order of their names, behind `after` where one is given.
    Stream<Queue> all(Optional<String> after) {
        return after.map(name -> queues.tailMap(name, false)).orElse(queues).values().stream();
    }

    /// The queue of this name, made if there is none.
    Queue findOrCreate(String name, IntFunction<QueueDefinition> definition)
            throws InterruptedException {
        changing.lock();
        try {
            Queue existing = queues.get(name);
            if (existing != null) {
                return existing;
            }
            if (queues.size() >= QUEUES_MAX) {
                throw new RefusedRequest(
                        "OverLimit",
                        "Too many queues: at most %d can exist. Delete one first"
                                .formatted(QUEUES_MAX));
            }
            int number = definitions
                    .get(NEXT_NUMBER)
                    .map(stored -> ByteBuffer.wrap(stored).getInt())
                    .orElse(1);
            var queue = new Queue(definition.apply(number), store, clock);
            byte[] next = ByteBuffer.allocate(Integer.BYTES).putInt(number + 1).array();
            store.commit(new Batch()
                    .put(definitions, NEXT_NUMBER, next)
                    .put(definitions, key(name), queue.definition().stored()));
            queues.put(name, queue);
            return queue;
        } finally {
            changing.unlock();
        }
    }

    void redefine(Queue queue, UnaryOperator<QueueDefinition> change) throws InterruptedException {
        changing.lock();
        try {
            requireThere(queue);
            QueueDefinition changed = change.apply(queue.definition());
            store.commit(new Batch().put(definitions, key(changed.name()), changed.stored()));
            queue.redefine(changed);
        } finally {
            changing.unlock();
        }
    }

    void drop(Queue queue) throws InterruptedException {
        changing.lock();
        try {
            requireThere(queue);
            String name = queue.definition().name();
            queues.remove(name);
            var batch = new Batch().delete(definitions, key(name));
            queue.messages().clear(batch);
            store.commit(batch);
        } finally {
            changing.unlock();
        }
    }

    private void requireThere(Queue queue) {
        if (queues.get(queue.definition().name()) != queue) {
            throw SqsErrors.noSuchQueue();
        }
    }

    private void load() {
        try (Space.Scan scan =
                definitions.scan(new byte[] {1}, new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                QueueDefinition definition = QueueDefinition.read(scan.value());
                queues.put(definition.name(), new Queue(definition, store, clock));
            }
        }
    }

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
