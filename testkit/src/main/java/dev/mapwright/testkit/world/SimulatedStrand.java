package dev.mapwright.testkit.world;

import dev.mapwright.engine.world.Strand;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/// A virtual thread that runs only when it is its turn.
final class SimulatedStrand implements Strand {
    private static final int LISTED_FRAMES_MAX = 8;

    /// What every stack ends with, and nobody wants to read.
    private static final Set<String> OWN_CLASSES = Set.of(
            SimulatedStrand.class.getName(),
            SimulatedWorld.class.getName(),
            SimulatedInbox.class.getName(),
            Turns.class.getName());

    private final String name;
    private final Turns turns;
    private final Thread thread;
    private final Semaphore turn = new Semaphore(0);
    private Waiting waiting = new Waiting.Turn();
    private boolean cancelled;
    private boolean ended;

    SimulatedStrand(String name, Turns turns, Runnable body) {
        this.name = name;
        this.turns = turns;
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> {
            awaitTurn();
            body.run();
        });
        thread.start();
    }

    @Override
    public void cancel() {
        turns.requireTurn();
        cancelled = true;
    }

    @Override
    public void join() throws InterruptedException {
        turns.waitFor(new Waiting.EndOf(this));
    }

    String name() {
        return name;
    }

    boolean isThisThread() {
        return Thread.currentThread() == thread;
    }

    void giveTurn() {
        turn.release();
    }

    void awaitTurn() {
        turn.acquireUninterruptibly();
    }

    Waiting waiting() {
        return waiting;
    }

    void setWaiting(Waiting what) {
        waiting = what;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /// As `Thread.interrupted()`: a cancellation is reported once.
    boolean takeCancelled() {
        boolean was = cancelled;
        cancelled = false;
        return was;
    }

    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /// Its name, what it waits for, and where.
    String listing() {
        return "  %s %s%n%s"
                .formatted(
                        name,
                        waiting,
                        Arrays.stream(thread.getStackTrace())
                                .filter(frame -> !frame.getClassName().startsWith("java."))
                                .filter(frame -> !OWN_CLASSES.contains(frame.getClassName()))
                                .limit(LISTED_FRAMES_MAX)
                                .map(frame -> "    at " + frame + "\n")
                                .collect(Collectors.joining()));
    }
}
