package dev.mapwright.engine.interpreter;

/// The execution's state machine was deleted, so that it ends instead of entering another state.
final class MachineDeleted extends RuntimeException {
    MachineDeleted(String machineName) {
        super("State machine %s has been deleted".formatted(machineName), null, false, false);
    }
}
