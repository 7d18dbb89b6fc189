package dev.mapwright.engine.interpreter;

import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;

import java.time.Instant;
import java.util.Optional;

/// Calls to the outside that are given up when the time of their task or of its execution is over.
///
/// @param timeout when the task's time is over; `Instant.MAX`: never
record TimedCall(ScheduledTask task, Instant timeout) {
    interface Work<T> {
        T make() throws InterruptedException;
    }

    /// What the work made; empty when the task's time was over first. Where time is limited, works
    /// on a strand of its own.
    <T> Optional<T> make(Work<T> work) throws InterruptedException {
        Interpreter.Run run = task.run();
        if (timeout == Instant.MAX && run.deadline() == Instant.MAX) {
            return Optional.of(work.make());
        }
        if (!run.world().now().isBefore(timeout)) {
            return Optional.empty();
        }
        Inbox<Optional<T>> inbox = run.world().inbox();
        Strand strand = run.world().start("task " + task.key(), () -> {
            Optional<T> outcome = Optional.empty();
            try {
                task.checkGivenUp();
                outcome = Optional.of(work.make());
            } finally {
                inbox.put(outcome);
            }
        });
        try {
            Optional<Optional<T>> answer = run.take(inbox, timeout);
            return answer.map(made -> made.orElseThrow(
                    () -> new IllegalStateException("the integration of %s broke; the log says how"
                            .formatted(task.resource().arn()))));
        } finally {
            strand.cancel();
        }
    }
}
