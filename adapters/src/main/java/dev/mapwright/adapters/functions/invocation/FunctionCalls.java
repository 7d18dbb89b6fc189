package dev.mapwright.adapters.functions.invocation;

/// Functions as callers see them, wherever they are.
public interface FunctionCalls extends AutoCloseable {
    /// Waits for the function's answer, or its failure.
    FunctionAnswer call(FunctionCall call) throws FunctionRefused, InterruptedException;

    /// Leaves an event that nobody waits for, and returns the id of its request.
    String send(FunctionCall call) throws FunctionRefused, InterruptedException;

    @Override
    void close();
}
