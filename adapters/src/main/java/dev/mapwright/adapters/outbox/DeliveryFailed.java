package dev.mapwright.adapters.outbox;

/// A recipient did not take a message. The message of this says why.
public final class DeliveryFailed extends Exception {
    private final Prospect prospect;

    /// What another attempt would bring.
    public enum Prospect {
        /// It may be taken later.
        PASSING,
        /// It will never be: there is no such recipient, or it refuses this message.
        LASTING
    }

    public DeliveryFailed(Prospect prospect, String message) {
        super(message, null, false, false);
        this.prospect = prospect;
    }

    public Prospect prospect() {
        return prospect;
    }
}
