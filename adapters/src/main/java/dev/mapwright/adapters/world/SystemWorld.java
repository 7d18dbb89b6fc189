package dev.mapwright.adapters.world;

import dev.mapwright.engine.store.StoreFailed;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// Strands are virtual threads, and time is the system's, in whole milliseconds, which is what
/// AWS's timestamps have.
public final class SystemWorld implements World {
    private static final System.Logger LOG = System.getLogger(SystemWorld.class.getName());

    /// How long a strand sleeps before it looks at the clock again: a clock that was set, or a
    /// machine that was suspended, delays nothing by more than this.
    static final Duration SLEEP_MAX = Duration.ofMinutes(1);

    /// Draws from the generator of whichever thread asks, so that it may be handed on to another
    /// one.
    private final RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    /// From the system's secure random numbers: task tokens are made of these.
    @Override
    public UUID uuid() {
        return UUID.randomUUID();
    }

    @Override
    public void sleepUntil(Instant time) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        while (now().isBefore(time)) {
            Thread.sleep(untilNextLook(time));
        }
    }

    @Override
    public Strand start(String name, Body body) {
        return new VirtualStrand(Thread.ofVirtual().name(name).start(() -> run(name, body)));
    }

    @Override
    public <T> Inbox<T> inbox() {
        return new QueueInbox<>(this);
    }

    /// The wait for `time`, or the longest one allowed; in nanoseconds at least up to the full
    /// millisecond.
    Duration untilNextLook(Instant time) {
        Instant now = now();
        Instant next = now.plus(SLEEP_MAX);
        return Duration.between(now, time.isBefore(next) ? time : next);
    }

    private static void run(String name, Body body) {
        try {
            body.run();
        } catch (InterruptedException cancelled) {
            LOG.log(System.Logger.Level.DEBUG, "Strand {0} was cancelled", name);
        } catch (StoreFailed known) {
            LOG.log(System.Logger.Level.DEBUG, "Strand {0} ended with the store", name);
        } catch (Throwable defect) {
            LOG.log(System.Logger.Level.ERROR, "Strand " + name + " ended with a defect", defect);
        }
    }

    private record VirtualStrand(Thread thread) implements Strand {
        @Override
        public void cancel() {
            thread.interrupt();
        }

        @Override
        public void join() throws InterruptedException {
            thread.join();
        }
    }
}
