package dev.mapwright.engine.execution;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Page;

import java.util.Optional;

/// State machines and their revisions: created, updated, described, deleted, and compiled for
/// whoever runs them.
public final class Definitions {
    /// @param configuration see [Machine#configuration]
    public record NewMachine(
            String name,
            Execution.Type type,
            String definition,
            String roleArn,
            Json configuration) {}

    /// What UpdateStateMachine gives; what is absent stays.
    public record MachineUpdate(
            Optional<String> definition, Optional<String> roleArn, Optional<Json> configuration) {}

    /// Idempotent on equal name, definition, type and configuration: gives the machine that is
    /// there.
    public Machine create(NewMachine machine) throws Refused, InterruptedException {
        throw new UnsupportedOperationException("sketch");
    }

    public Machine update(String machineArn, MachineUpdate update)
            throws Refused, InterruptedException {
        throw new UnsupportedOperationException("sketch");
    }

    /// Marks the machine DELETING; it is gone once its last execution has ended. A missing one is
    /// no error.
    public void delete(String machineArn) throws Refused, InterruptedException {
        throw new UnsupportedOperationException("sketch");
    }

    public Optional<Machine> find(String machineArn) {
        throw new UnsupportedOperationException("sketch");
    }

    /// The machine as the execution runs it: the revision it was started with; for a child of a map
    /// run the labelled ARN and the item processor's definition.
    public Machine forExecution(Execution execution) {
        throw new UnsupportedOperationException("sketch");
    }

    /// By name.
    public Page<Machine> list(int limit, Optional<String> pageToken) {
        throw new UnsupportedOperationException("sketch");
    }
}
