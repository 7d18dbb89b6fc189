package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.expression.Failure;

/// Why an execution is interrupted where it waits. To the journal a shutdown is a crash: it leaves
/// no trace.
public sealed interface Interruption {
    record Stopped(Failure failure) implements Interruption {}

    record ShuttingDown() implements Interruption {}
}
