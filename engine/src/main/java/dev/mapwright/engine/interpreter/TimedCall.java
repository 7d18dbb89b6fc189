package dev.mapwright.engine.interpreter;

import dev.mapwright.engine.world.LeavableCall;

import java.time.Instant;
import java.util.Optional;

/// Calls to the outside that are given up when the time of their task or of its execution is over.
///
/// @param timeout when the task's time is over; `Instant.MAX`: never
record TimedCall(ScheduledTask task, Instant timeout) {
    /// What the work made; empty when the task's time was over first.
    <T> Optional<T> make(LeavableCall.Work<T> work) throws InterruptedException {
        Interpreter.Run run = task.run();
        if (!run.world().now().isBefore(timeout)) {
            return Optional.empty();
        }
        var call = new LeavableCall<>(run.world(), "task " + task.key(), work);
        return run.await(call::returned, timeout);
    }
}
