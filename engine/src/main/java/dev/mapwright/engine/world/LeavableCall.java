package dev.mapwright.engine.world;

import java.time.Instant;
import java.util.Optional;

/// A call that may not heed being interrupted. Where its caller's time is limited it is made on a
/// strand of its own, which the caller leaves when the time is over. What may go wrong with it is
/// part of what it returns: an exception would not find its way from one strand to the other.
///
/// @param name of that strand
public record LeavableCall<T>(World world, String name, Work<T> work) {
    public interface Work<T> {
        T run() throws InterruptedException;
    }

    /// What the call returns, or empty once `until` has passed; `Instant.MAX` waits for ever.
    public Optional<T> returned(Instant until) throws InterruptedException {
        if (until.equals(Instant.MAX)) {
            return Optional.of(work.run());
        }
        Inbox<Optional<T>> inbox = world.inbox();
        Strand strand = world.start(name, () -> report(inbox));
        try {
            return inbox.take(until)
                    .map(outcome -> outcome.orElseThrow(() -> new IllegalStateException(
                            "%s broke; the log says how".formatted(name))));
        } finally {
            strand.cancel();
        }
    }

    /// A call that was left before it began is not made.
    private void report(Inbox<Optional<T>> inbox) throws InterruptedException {
        Optional<T> outcome = Optional.empty();
        try {
            world.sleepUntil(Instant.MIN);
            outcome = Optional.of(work.run());
        } finally {
            inbox.put(outcome);
        }
    }
}
