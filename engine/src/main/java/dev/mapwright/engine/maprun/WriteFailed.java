package dev.mapwright.engine.maprun;

/// Results cannot be written: `States.ResultWriterFailed`. The message is the cause.
public final class WriteFailed extends Exception {
    public WriteFailed(String message) {
        super(message);
    }

    public WriteFailed(String message, Throwable reason) {
        super(message, reason);
    }
}
