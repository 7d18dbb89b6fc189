package dev.mapwright.adapters.queues;

import dev.mapwright.adapters.backlog.Backlog;
import dev.mapwright.adapters.keyvalue.KeyValueStore;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// One queue. Its messages are looked into when it is first used, so that a server with many
/// queues starts at once.
final class Queue {
    private final KeyValueStore store;
    private final InstantSource clock;
    private volatile QueueDefinition definition;
    private Optional<Backlog> messages = Optional.empty();

    /// Held while a message that must not come twice is sent.
    final ReentrantLock sending = new ReentrantLock();

    Queue(QueueDefinition definition, KeyValueStore store, InstantSource clock) {
        this.definition = definition;
        this.store = store;
        this.clock = clock;
    }

    QueueDefinition definition() {
        return definition;
    }

    QueueAttributes attributes() {
        return definition.attributes();
    }

    void redefine(QueueDefinition changed) {
        definition = changed;
    }

    synchronized Backlog messages() {
        if (messages.isEmpty()) {
            messages = Optional.of(new Backlog(store, "queues", definition.number(), clock));
        }
        return messages.get();
    }
}
