package dev.mapwright.testkit.world;

import dev.mapwright.engine.world.Inbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;

/// Needs no lock: only the strand whose turn it is touches it.
final class SimulatedInbox<T> implements Inbox<T> {
    private final ArrayDeque<T> messages = new ArrayDeque<>();
    private final Turns turns;

    SimulatedInbox(Turns turns) {
        this.turns = turns;
    }

    boolean hasMessage() {
        return !messages.isEmpty();
    }

    @Override
    public void put(T message) {
        turns.requireTurn();
        messages.addLast(message);
    }

    @Override
    public Optional<T> take(Instant deadline) throws InterruptedException {
        turns.waitFor(new Waiting.Message(this, deadline));
        return Optional.ofNullable(messages.pollFirst());
    }
}
