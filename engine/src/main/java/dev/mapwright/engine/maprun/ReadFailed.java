package dev.mapwright.engine.maprun;

/// A dataset cannot be read: `States.ItemReaderFailed`. The message is the cause: what is wrong,
/// where, which limit.
public final class ReadFailed extends Exception {
    public ReadFailed(String message) {
        super(message);
    }

    public ReadFailed(String message, Throwable reason) {
        super(message, reason);
    }
}
