package dev.mapwright.adapters.functions.invocation;

import java.time.Instant;
import java.util.Optional;

/// Functions as callers see them, wherever they are.
public interface FunctionCalls extends AutoCloseable {
    /// Waits for the function's answer, or its failure.
    default FunctionAnswer call(FunctionCall call) throws FunctionRefused, InterruptedException {
        return call(call, Instant.MAX).orElseThrow();
    }

    /// As `call`, but empty once `until` has passed. Whatever the function does, it returns then,
    /// and at once when it is interrupted.
    Optional<FunctionAnswer> call(FunctionCall call, Instant until)
            throws FunctionRefused, InterruptedException;

    /// Leaves an event that nobody waits for, and returns the id of its request.
    default String send(FunctionCall call) throws FunctionRefused, InterruptedException {
        return send(call, Instant.MAX).orElseThrow();
    }

    /// As `send`, but empty once `until` has passed; then nobody knows whether the event is left.
    Optional<String> send(FunctionCall call, Instant until)
            throws FunctionRefused, InterruptedException;

    @Override
    void close();
}
