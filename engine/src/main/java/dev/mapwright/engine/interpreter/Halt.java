package dev.mapwright.engine.interpreter;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Holds why an execution is to halt. Set once, by its owner, before the owner cancels the root
/// strand.
public final class Halt {
    private final AtomicReference<Interruption> why = new AtomicReference<>();
    private volatile boolean machineDeleted;

    /// Whether this call was the first.
    public boolean set(Interruption interruption) {
        return why.compareAndSet(null, interruption);
    }

    /// It interrupts nothing: the execution ends at its next transition.
    public void machineDeleted() {
        machineDeleted = true;
    }

    boolean isMachineDeleted() {
        return machineDeleted;
    }

    public Optional<Interruption> why() {
        return Optional.ofNullable(why.get());
    }
}
