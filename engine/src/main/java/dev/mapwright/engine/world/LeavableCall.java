package dev.mapwright.engine.world;

import java.time.Instant;
import java.util.Optional;

/// A call that may not heed being interrupted. Where its caller's time is limited it is made on a
/// strand of its own, which the caller leaves when the time is over.
///
/// What may go wrong outside is part of what the call returns: a checked exception would not find
/// its way from one strand to the other. A defect does.
///
/// @param name of that strand
public record LeavableCall<T>(World world, String name, Work<T> work) {
    public interface Work<T> {
        T run() throws InterruptedException;
    }

    private sealed interface Outcome<T> {
        record Returned<T>(T value) implements Outcome<T> {}

        record Broken<T>(RuntimeException defect) implements Outcome<T> {}
    }

    /// What the call returns, or empty once `until` has passed; `Instant.MAX` waits for ever.
    public Optional<T> returned(Instant until) throws InterruptedException {
        if (until.equals(Instant.MAX)) {
            return Optional.of(work.run());
        }
        Inbox<Outcome<T>> inbox = world.inbox();
        Strand strand = world.start(name, () -> report(inbox));
        try {
            return inbox.take(until).map(LeavableCall::value);
        } finally {
            strand.cancel();
        }
    }

    /// A call that was left before it began is not made.
    private void report(Inbox<Outcome<T>> inbox) throws InterruptedException {
        Outcome<T> outcome =
                new Outcome.Broken<>(new IllegalStateException(name + " broke; the log says how"));
        try {
            world.sleepUntil(Instant.MIN);
            outcome = new Outcome.Returned<>(work.run());
        } catch (RuntimeException defect) {
            outcome = new Outcome.Broken<>(defect);
        } finally {
            inbox.put(outcome);
        }
    }

    private static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Returned<T>(T value) -> value;
            case Outcome.Broken<T>(RuntimeException defect) -> throw defect;
        };
    }
}
