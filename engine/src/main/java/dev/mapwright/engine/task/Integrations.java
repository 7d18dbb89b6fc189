package dev.mapwright.engine.task;

import dev.mapwright.asl.definition.TaskResource;

import java.util.Optional;

/// Finds who answers a Task's resource.
@FunctionalInterface
public interface Integrations {
    Optional<TaskIntegration> find(TaskResource resource);

    /// What is known of a resource's parameters and results; empty where nothing is.
    default Optional<ActionForm> form(TaskResource resource) {
        return Optional.empty();
    }
}
