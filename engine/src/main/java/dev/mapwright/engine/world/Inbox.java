package dev.mapwright.engine.world;

import java.time.Instant;
import java.util.Optional;

/// The only way one strand waits for another. Any strand puts; one takes.
public interface Inbox<T> {
    /// Never blocks: what bounds an inbox is the number of its senders, each with one message under
    /// way.
    void put(T message);

    /// The next message, or empty once `deadline` has passed. `Instant.MAX` waits for ever.
    Optional<T> take(Instant deadline) throws InterruptedException;
}
