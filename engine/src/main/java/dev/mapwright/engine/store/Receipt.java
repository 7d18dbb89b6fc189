package dev.mapwright.engine.store;

/// Stands for a write on its way to the disk.
@FunctionalInterface
public interface Receipt {
    Receipt DONE = () -> {};

    /// Returns once the write, and so every write before it, is durable.
    ///
    /// @throws StoreFailed if it never will be
    void await() throws InterruptedException;
}
