package dev.mapwright.testkit.world;

import dev.mapwright.testkit.world.SimulatedWorld.End;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Whose turn it is. Everything here is touched by one thread at a time, the one that has the turn;
/// handing the turn on is what makes its changes visible to the next.
final class Turns {
    private final RandomGenerator random;
    private final List<SimulatedStrand> strands = new ArrayList<>();
    private final List<SimulatedStrand> ready = new ArrayList<>();
    private final ArrayDeque<String> trace = new ArrayDeque<>();
    private final CountDownLatch allEnded = new CountDownLatch(1);
    private Instant now;
    private long crashStep = Long.MAX_VALUE;
    /// Turns before the end began.
    private volatile long steps;
    private volatile SimulatedStrand current;
    private SimulatedStrand main;
    private boolean crashed;

    /// From here on, every strand is unwound at its next wait.
    private boolean ending;

    private Throwable failure;

    Turns(RandomGenerator random, Instant now) {
        this.random = random;
        this.now = now;
    }

    Instant now() {
        return now;
    }

    long steps() {
        return steps;
    }

    List<String> trace() {
        return List.copyOf(trace);
    }

    void crashAtStep(long step) {
        crashStep = step;
    }

    void crash() {
        crashed = true;
        ending = true;
    }

    /// Makes a strand that can be given its turn from now on.
    SimulatedStrand add(String name, SimulatedWorld.Body body) {
        var strand = new SimulatedStrand(name, this, () -> live(body));
        strands.add(strand);
        return strand;
    }

    /// Gives the first turn and returns when the last strand has ended.
    End run(SimulatedStrand first) {
        main = first;
        current = first;
        first.giveTurn();
        awaitEnd();
        current = null;
        return switch (failure) {
            case null -> crashed ? End.CRASHED : End.COMPLETED;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new AssertionError("The run failed: " + e, e);
        };
    }

    /// Only strands may act in a running world: anything else would not be the same for the same
    /// seed.
    void requireTurn() {
        SimulatedStrand strand = current;
        if (strand != null && !strand.isThisThread()) {
            throw new IllegalStateException(
                    "Expected the strand %s, found the thread %s. Start strands with World.start."
                            .formatted(strand.name(), Thread.currentThread()));
        }
    }

    void waitFor(Waiting what) throws InterruptedException {
        SimulatedStrand self = handOn(what);
        if (self.takeCancelled()) {
            throw new InterruptedException("cancelled in a simulation");
        }
    }

    /// A strand that was just started may run before the one that started it goes on. Before the
    /// run, strands are only got ready.
    void letOthersRun() {
        if (current != null) {
            handOn(new Waiting.Turn());
        }
    }

    private SimulatedStrand handOn(Waiting what) {
        requireTurn();
        SimulatedStrand self = current;
        if (self == null) {
            throw new IllegalStateException("Nothing can wait outside SimulatedWorld.run.");
        }
        if (ending) {
            throw new Crashed();
        }
        self.setWaiting(what);
        SimulatedStrand next = next();
        if (next != self) {
            current = next;
            next.giveTurn();
            self.awaitTurn();
        }
        self.setWaiting(new Waiting.Turn());
        if (ending) {
            throw new Crashed();
        }
        return self;
    }

    private void live(SimulatedWorld.Body body) {
        SimulatedStrand self = current;
        try {
            if (!ending) {
                body.run();
            }
        } catch (Crashed unwound) {
            ending = true;
        } catch (InterruptedException cancelled) {
            // How a cancelled strand ends.
        } catch (Throwable defect) {
            fail(defect);
        }
        end(self);
    }

    private void end(SimulatedStrand self) {
        self.end();
        if (self == main) {
            ending = true;
        }
        strands.remove(self);
        if (strands.isEmpty()) {
            allEnded.countDown();
            return;
        }
        SimulatedStrand next = next();
        current = next;
        next.giveTurn();
    }

    /// Chooses who goes on, and lets time jump when nobody could before.
    private SimulatedStrand next() {
        if (!ending) {
            steps++;
        }
        if (steps >= crashStep && !ending) {
            crash();
        }
        if (steps > SimulatedWorld.STEPS_MAX && !ending) {
            fail(new AssertionError("The run took more than %d steps:%n%s"
                    .formatted(SimulatedWorld.STEPS_MAX, listing())));
        }
        gatherReady();
        if (ready.isEmpty()) {
            jump();
            gatherReady();
        }
        SimulatedStrand chosen = ready.get(random.nextInt(ready.size()));
        note(chosen);
        return chosen;
    }

    private void gatherReady() {
        ready.clear();
        for (SimulatedStrand strand : strands) {
            Waiting waiting = strand.waiting();
            if (ending
                    || strand.isCancelled()
                    || waiting.isOver()
                    || !waiting.deadline().isAfter(now)) {
                ready.add(strand);
            }
        }
    }

    private void jump() {
        Instant earliest = Instant.MAX;
        for (SimulatedStrand strand : strands) {
            Instant deadline = strand.waiting().deadline();
            earliest = deadline.isBefore(earliest) ? deadline : earliest;
        }
        if (earliest.equals(Instant.MAX)) {
            fail(new AssertionError("Every strand waits for ever:\n" + listing()));
        } else {
            now = earliest;
        }
    }

    private void fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
        }
        ending = true;
    }

    private void note(SimulatedStrand strand) {
        if (trace.size() == SimulatedWorld.TRACE_LINES_MAX) {
            trace.removeFirst();
        }
        trace.addLast(now + " " + strand.name() + " " + strand.waiting());
    }

    private String listing() {
        return strands.stream().map(SimulatedStrand::listing).collect(Collectors.joining());
    }

    private void awaitEnd() {
        long seen = -1;
        try {
            while (!allEnded.await(SimulatedWorld.TURN_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                if (steps == seen) {
                    throw new AssertionError(
                            ("A strand has held its turn for %d s: it waits for something that the world does not "
                                            + "know, or never ends.%n%s")
                                    .formatted(
                                            SimulatedWorld.TURN_MAX.toSeconds(),
                                            current.listing()));
                }
                seen = steps;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The simulation was interrupted", e);
        }
    }
}
