package dev.mapwright.adapters.keyvalue;

/// A write did not reach the disk. Nothing after it is written either: what is on the disk stays a
/// prefix of what was handed in. The message names the folder, the reason and the remedy.
public final class StoreFailed extends IllegalStateException {
    public StoreFailed(String message, Throwable reason) {
        super(message, reason);
    }
}
