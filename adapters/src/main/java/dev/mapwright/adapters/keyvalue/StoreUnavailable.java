package dev.mapwright.adapters.keyvalue;

/// A data folder cannot be used: held by another process, not writable, damaged. The message is for
/// the user.
public final class StoreUnavailable extends Exception {
    public StoreUnavailable(String message) {
        super(message);
    }

    public StoreUnavailable(String message, Throwable reason) {
        super(message, reason);
    }
}
