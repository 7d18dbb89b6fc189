package dev.mapwright.testkit.world;

import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// One simulated process. Its strands take turns, one at a time; whenever one waits, the seed
/// decides who goes on, and when all of them wait, time jumps to the earliest deadline. The same
/// seed gives the same run.
///
/// A strand gives its turn away only where it waits ([#sleepUntil], [Inbox#take], [Strand#join])
/// and where it starts another one. So it may hold a lock between two waits, but never during one.
///
///     var world = new SimulatedWorld(7);
///     var store = new MemoryStore(world);
///     world.crashAtStep(120);
///     End end = world.run(() -> serve(world, store));
///     // CRASHED: a second process goes on with what was durable
///     var second = new SimulatedWorld(8, world.now());
///     second.run(() -> serve(second, store.crash(second)));
public final class SimulatedWorld implements World {
    public static final Instant FIRST_INSTANT = Instant.parse("2026-01-01T00:00:00Z");

    /// A run that takes more turns has most probably lost its way.
    static final long STEPS_MAX = 20_000_000;

    /// The newest lines of the trace are kept.
    static final int TRACE_LINES_MAX = 100_000;

    /// How long one turn may take in real time.
    static final Duration TURN_MAX = Duration.ofMinutes(2);

    /// How a run ended that did not fail.
    public enum End {
        COMPLETED,
        CRASHED
    }

    private final RandomGenerator random;
    private final Turns turns;
    private boolean used;

    public SimulatedWorld(long seed) {
        this(seed, FIRST_INSTANT);
    }

    /// @param startAt where virtual time begins: for a process that goes on after a crash, where
    ///     the crashed one's ended
    public SimulatedWorld(long seed, Instant startAt) {
        var source = new SplittableRandom(seed);
        turns = new Turns(source.split(), startAt);
        random = source.split();
    }

    /// Runs `main` on the first strand until it returns; what still runs then is killed. An
    /// exception of any strand fails the run and comes out here, as does a state in which every
    /// strand would wait for ever. A world runs once.
    public End run(Body main) {
        if (used) {
            throw new IllegalStateException("A world runs once: make a new one.");
        }
        used = true;
        return turns.run(turns.add("main", main));
    }

    /// Kills the process at this step (a turn that a strand gets), counted from 1.
    public void crashAtStep(long step) {
        turns.crashAtStep(step);
    }

    /// Kills the process here, for hooks that run on a strand, such as a store's at its commits.
    /// Never returns.
    public void crash() {
        turns.crash();
        throw new Crashed();
    }

    /// Turns taken so far.
    public long steps() {
        return turns.steps();
    }

    /// What happened, a line per turn: time, strand, and what it had waited for.
    public List<String> trace() {
        return turns.trace();
    }

    @Override
    public Instant now() {
        return turns.now();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    /// Of the form of a random UUID (version 4).
    @Override
    public UUID uuid() {
        return new UUID(random.nextLong() & ~0xf000L | 0x4000, random.nextLong() >>> 2 | 1L << 63);
    }

    @Override
    public void sleepUntil(Instant time) throws InterruptedException {
        turns.waitFor(new Waiting.Time(time));
    }

    @Override
    public Strand start(String name, Body body) {
        turns.requireTurn();
        SimulatedStrand strand = turns.add(name, body);
        turns.letOthersRun();
        return strand;
    }

    @Override
    public <T> Inbox<T> inbox() {
        return new SimulatedInbox<>(turns);
    }
}
