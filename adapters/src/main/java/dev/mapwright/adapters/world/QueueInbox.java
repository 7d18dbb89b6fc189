package dev.mapwright.adapters.world;

import dev.mapwright.engine.world.Inbox;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// An unbounded queue; its senders bound it, see [Inbox].
final class QueueInbox<T> implements Inbox<T> {
    private final LinkedBlockingQueue<T> messages = new LinkedBlockingQueue<>();
    private final SystemWorld world;

    QueueInbox(SystemWorld world) {
        this.world = world;
    }

    @Override
    public void put(T message) {
        messages.add(message);
    }

    @Override
    public Optional<T> take(Instant deadline) throws InterruptedException {
        if (deadline.equals(Instant.MAX)) {
            return Optional.of(messages.take());
        }
        while (true) {
            boolean passed = !world.now().isBefore(deadline);
            long nanos = passed ? 0 : world.untilNextLook(deadline).toNanos();
            T message = messages.poll(nanos, TimeUnit.NANOSECONDS);
            if (message != null || passed) {
                return Optional.ofNullable(message);
            }
        }
    }
}
