package dev.mapwright.engine.task;

import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where news of one waiting task arrive. The strand that waits is the only one to take; whoever
/// sends is told what became of it.
public final class TaskMailbox {
    /// What became of a letter.
    public enum Reply {
        /// It took effect, durably.
        DONE,
        /// The task had ended before.
        OVER,
        /// The process stops; the task waits on in the next one.
        LEAVING
    }

    /// @param sender absent for the engine's own
    public record Letter(TaskNews news, Optional<Inbox<Reply>> sender) {}

    private final World world;
    private final Inbox<Letter> inbox;
    private final Set<Letter> unanswered = Collections.newSetFromMap(new IdentityHashMap<>());
    private Optional<Reply> closed = Optional.empty();

    TaskMailbox(World world) {
        this.world = world;
        this.inbox = world.inbox();
    }

    /// Sends, and returns once the strand has dealt with it.
    public Reply send(TaskNews news) throws InterruptedException {
        Inbox<Reply> reply = world.inbox();
        var letter = new Letter(news, Optional.of(reply));
        synchronized (this) {
            if (closed.isPresent()) {
                return closed.get();
            }
            unanswered.add(letter);
            inbox.put(letter);
        }
        return reply.take(Instant.MAX).orElseThrow();
    }

    /// Leaves news that nobody waits to see dealt with.
    public void post(TaskNews news) {
        inbox.put(new Letter(news, Optional.empty()));
    }

    /// For the strand that waits, and for no other.
    public Inbox<Letter> inbox() {
        return inbox;
    }

    public void answer(Letter letter, Reply reply) {
        synchronized (this) {
            unanswered.remove(letter);
        }
        letter.sender().ifPresent(sender -> sender.put(reply));
    }

    /// Takes no more, and answers whoever still waits.
    public void close(Reply reply) {
        List<Letter> left;
        synchronized (this) {
            closed = Optional.of(reply);
            left = List.copyOf(unanswered);
        }
        left.forEach(letter -> answer(letter, reply));
    }
}
