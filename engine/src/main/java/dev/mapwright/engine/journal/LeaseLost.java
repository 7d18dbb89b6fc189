package dev.mapwright.engine.journal;

/// Another owner writes this journal now. The only correct reaction is to stop without writing.
public final class LeaseLost extends RuntimeException {
    public LeaseLost(String message) {
        super(message);
    }
}
