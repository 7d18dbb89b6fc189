package dev.mapwright.engine.interpreter;

/// The execution's own time is up. Nothing below the execution handles it.
final class DeadlinePassed extends RuntimeException {
    DeadlinePassed() {
        super("the execution's TimeoutSeconds have passed", null, false, false);
    }
}
