package dev.mapwright.engine.store;

/// A write did not reach the disk. Nothing after it is written either: what is on the disk stays a
/// prefix of what was handed in. The message names the place, the reason and the remedy.
///
/// The store says so once, in the log. Everybody whose write is refused from then on is told the
/// same and leaves without a word: thousands of executions have nothing to add.
public final class StoreFailed extends IllegalStateException {
    public StoreFailed(String message, Throwable reason) {
        super(message, reason);
    }
}
