package dev.mapwright.engine.world;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// What the engine cannot compute for itself: time, chance, and other strands to wait for.
/// Production has one World; every simulated run has its own, with virtual time and a seed.
public interface World {
    Instant now();

    RandomGenerator random();

    UUID uuid();

    void sleepUntil(Instant time) throws InterruptedException;

    /// Starts `body` beside the caller: a virtual thread, or in a simulation a scheduled turn.
    Strand start(String name, Body body);

    <T> Inbox<T> inbox();

    interface Body {
        void run() throws InterruptedException;
    }
}
