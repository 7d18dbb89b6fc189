package dev.mapwright.engine.execution;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.interpreter.Halt;
import dev.mapwright.engine.interpreter.Interruption;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.world.Strand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One execution that this process runs.
final class Resident {
    private final Execution execution;
    private final Halt halt = new Halt();
    private final Consumer<List<Execution>> owner;
    private final List<Consumer<Execution>> listeners = new ArrayList<>(1);
    private Optional<Strand> strand = Optional.empty();
    private Optional<Execution> ended = Optional.empty();
    private boolean finishing;

    /// @param owner who had it begin or go on
    Resident(Execution execution, Consumer<List<Execution>> owner) {
        this.execution = execution;
        this.owner = owner;
    }

    Execution execution() {
        return execution;
    }

    /// Is told once when it has ended, of others at the same time perhaps.
    Consumer<List<Execution>> owner() {
        return owner;
    }

    Halt halt() {
        return halt;
    }

    synchronized void runsOn(Strand root) {
        strand = Optional.of(root);
        if (halt.why().isPresent() && !finishing) {
            root.cancel();
        }
    }

    /// Interrupts it where it waits. Without effect once its ending stands.
    synchronized void interrupt(Interruption why) {
        if (!finishing && halt.set(why)) {
            strand.ifPresent(Strand::cancel);
        }
    }

    /// It ends at its next transition.
    void machineDeleted() {
        halt.machineDeleted();
    }

    void stop(Failure failure) {
        interrupt(new Interruption.Stopped(failure));
    }

    /// As `stop`, with `note` taken of it before. Without effect once its ending stands.
    synchronized void stop(Failure failure, Runnable note) {
        if (!finishing) {
            note.run();
            stop(failure);
        }
    }

    boolean isStopped() {
        return halt.why().filter(Interruption.Stopped.class::isInstance).isPresent();
    }

    /// From here on nobody interrupts it: its ending is about to be written.
    synchronized void finish() {
        finishing = true;
    }

    void ended(Execution how) {
        List<Consumer<Execution>> told;
        synchronized (this) {
            ended = Optional.of(how);
            told = List.copyOf(listeners);
        }
        told.forEach(listener -> listener.accept(how));
    }

    /// Tells `listener` when the execution has ended, at once if it has.
    void whenEnded(Consumer<Execution> listener) {
        Optional<Execution> already;
        synchronized (this) {
            already = ended;
            if (already.isEmpty()) {
                listeners.add(listener);
            }
        }
        already.ifPresent(listener);
    }
}
