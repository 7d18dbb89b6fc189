package dev.mapwright.testkit.maprun;

import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Real time and virtual threads.
final class ThreadWorld implements World {
    private final Random random = new Random(1);

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public UUID uuid() {
        return UUID.randomUUID();
    }

    @Override
    public void sleepUntil(Instant time) throws InterruptedException {
        Thread.sleep(Duration.between(now(), time));
    }

    @Override
    public Strand start(String name, Body body) {
        var thread = Thread.ofVirtual().name(name).start(() -> {
            try {
                body.run();
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
            }
        });
        return new Strand() {
            @Override
            public void cancel() {
                thread.interrupt();
            }

            @Override
            public void join() throws InterruptedException {
                thread.join();
            }
        };
    }

    @Override
    public <T> Inbox<T> inbox() {
        var queue = new LinkedBlockingQueue<T>();
        return new Inbox<>() {
            @Override
            public void put(T message) {
                queue.add(message);
            }

            @Override
            public Optional<T> take(Instant deadline) throws InterruptedException {
                if (deadline.equals(Instant.MAX)) {
                    return Optional.of(queue.take());
                }
                long millis = Math.max(0, Duration.between(now(), deadline).toMillis());
                return Optional.ofNullable(queue.poll(millis, TimeUnit.MILLISECONDS));
            }
        };
    }
}
