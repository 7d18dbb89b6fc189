package dev.mapwright.adapters.functions.invocation;

import java.time.Instant;
import java.util.Optional;

/// Runs one version of one function.
public interface Invoker extends AutoCloseable {
    /// Returns when the function has answered, failed, or run out of its own time; or empty once
    /// `until` has passed, whatever the function does, and at once when interrupted.
    ///
    /// @throws FunctionRefused if the function cannot be run at all
    Optional<Invoked> invoke(Invocation invocation, Instant until)
            throws FunctionRefused, InterruptedException;

    /// Lets go of what was not used since `before`.
    default void rest(Instant before) {}

    /// There will be no more to do: keeps nothing that is not in use.
    void retire();

    /// Takes no more, and cuts off what is under way.
    @Override
    void close();
}
