package dev.mapwright.engine.world;

/// One flow of control started by a [World].
public interface Strand {
    /// Interrupts the strand where it waits. Cancelling a finished strand does nothing.
    void cancel();

    void join() throws InterruptedException;
}
