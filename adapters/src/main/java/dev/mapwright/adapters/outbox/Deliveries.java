package dev.mapwright.adapters.outbox;

import dev.mapwright.adapters.backlog.Backlog;
import dev.mapwright.adapters.backlog.Backlog.Taken;
import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.outbox.DeliveryFailed.Prospect;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Delivers messages, some at once, each as often as it takes until it has arrived: at least once,
/// over crashes and restarts. Attempts come at growing intervals; after the last one, and when
/// there is no prospect of success, a message is given up.
public final class Deliveries implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());

    static final int CONCURRENT_MAX = 64;

    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);

    /// Longer than any attempt takes.
    private static final Duration ATTEMPT_MAX = Duration.ofMinutes(10);

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final int CLOSE_SECONDS_MAX = 5;
    private static final int DOUBLINGS_MAX = 10;

    private final World world;
    private final KeyValueStore store;
    private final String name;
    private final Backlog pending;
    private final Courier courier;
    private final Semaphore places = new Semaphore(CONCURRENT_MAX);
    private Optional<Strand> dispatcher = Optional.empty();

    /// @param name of its spaces in the store, and of its strands
    public Deliveries(World world, KeyValueStore store, String name, Courier courier) {
        this.world = world;
        this.store = store;
        this.name = name;
        this.courier = courier;
        this.pending = new Backlog(store, name, 1, world::now);
    }

    /// Begins, with what a former process left. Once, when the recipients can be reached.
    public void start() {
        pending.releaseTaken();
        dispatcher = Optional.of(world.start(name, this::dispatch));
    }

    /// Has a message delivered once `batch` is written.
    ///
    /// @param group messages of a group arrive in their order; empty: no order
    public void add(Batch batch, byte[] content, String group) {
        Instant now = world.now();
        pending.add(batch, content, group, now, now);
    }

    /// Waits a little for attempts that are under way; those that take longer are made again by the
    /// next process.
    @Override
    public void close() {
        dispatcher.ifPresent(Strand::cancel);
        try {
            if (!places.tryAcquire(CONCURRENT_MAX, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "{0}: attempts were under way for more than {1} s, and will be made again",
                        name,
                        CLOSE_SECONDS_MAX);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void dispatch() throws InterruptedException {
        while (true) {
            places.acquire();
            List<Taken> next = List.of();
            try {
                next = pending.take(1, ATTEMPT_MAX, world.now().plus(LOOK_AGAIN));
            } finally {
                if (next.isEmpty()) {
                    places.release();
                }
            }
            next.forEach(this::startAttempt);
        }
    }

    private void startAttempt(Taken message) {
        world.start(name + " " + message.sequence(), () -> {
            try {
                attempt(message);
            } finally {
                places.release();
            }
        });
    }

    private void attempt(Taken message) throws InterruptedException {
        try {
            deliver(message);
            var batch = new Batch();
            pending.finish(batch, message.sequence(), message.takes());
            store.write(batch);
        } catch (DeliveryFailed failed) {
            Duration pause = pause(message.takes());
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "{0}: attempt {1} failed, the next one comes in {2}: {3}",
                    name,
                    message.takes(),
                    pause,
                    failed.getMessage());
            pending.retake(message.sequence(), message.takes(), world.now().plus(pause));
        }
    }

    /// Returns when nothing is left to do.
    private void deliver(Taken message) throws DeliveryFailed, InterruptedException {
        try {
            courier.deliver(message.content());
        } catch (DeliveryFailed failed) {
            if (!isHopeless(message, failed)) {
                throw failed;
            }
            courier.giveUp(message.content(), failed);
        }
    }

    private boolean isHopeless(Taken message, DeliveryFailed failed) {
        Duration age = Duration.between(message.sentAt(), world.now());
        return failed.prospect() == Prospect.LASTING
                || courier.patience(message.content()).isOver(message.takes(), age);
    }

    static Duration pause(int attempts) {
        long factor = 1L << Math.min(attempts - 1, DOUBLINGS_MAX);
        Duration pause = PAUSE_MIN.multipliedBy(factor);
        return pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX;
    }
}
