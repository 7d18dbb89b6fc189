package dev.mapwright.adapters.outbox;

/// Knows what to do with the messages of one [Deliveries].
public interface Courier {
    /// Hands a message over. May be called again for one that has arrived, after a crash.
    void deliver(byte[] content) throws DeliveryFailed, InterruptedException;

    /// For a message whose recipient does not take it now.
    default Patience patience(byte[] content) {
        return Patience.USUAL;
    }

    /// Does what is left to do with a message that will not arrive. Fails only in passing.
    void giveUp(byte[] content, DeliveryFailed reason) throws DeliveryFailed, InterruptedException;
}
