package dev.mapwright.adapters.functions.invocation;

import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.time.Instant;
import java.util.Optional;

/// A call that may not heed being interrupted. Where its caller's time is limited it is made on a
/// strand of its own, which the caller leaves when the time is over.
///
/// @param name of that strand
public record LeavableCall<T>(World world, String name, Work<T> work) {
    public interface Work<T> {
        T run() throws FunctionRefused, InterruptedException;
    }

    private sealed interface Outcome<T> {
        record Returned<T>(T value) implements Outcome<T> {}

        record Refused<T>(FunctionRefused refusal) implements Outcome<T> {}

        record Broken<T>() implements Outcome<T> {}
    }

    /// What the call returns, or empty once `until` has passed.
    public Optional<T> returned(Instant until) throws FunctionRefused, InterruptedException {
        if (until.equals(Instant.MAX)) {
            return Optional.of(work.run());
        }
        Inbox<Outcome<T>> inbox = world.inbox();
        Strand strand = world.start(name, () -> report(inbox));
        try {
            Optional<Outcome<T>> outcome = inbox.take(until);
            return outcome.isEmpty() ? Optional.empty() : Optional.of(value(outcome.get()));
        } finally {
            strand.cancel();
        }
    }

    private void report(Inbox<Outcome<T>> inbox) throws InterruptedException {
        Outcome<T> outcome = new Outcome.Broken<>();
        try {
            outcome = new Outcome.Returned<>(work.run());
        } catch (FunctionRefused refusal) {
            outcome = new Outcome.Refused<>(refusal);
        } finally {
            inbox.put(outcome);
        }
    }

    private T value(Outcome<T> outcome) throws FunctionRefused {
        return switch (outcome) {
            case Outcome.Returned<T>(T value) -> value;
            case Outcome.Refused<T>(FunctionRefused refusal) -> throw refusal;
            case Outcome.Broken<T>() ->
                throw new IllegalStateException("%s broke; the log says how".formatted(name));
        };
    }
}
