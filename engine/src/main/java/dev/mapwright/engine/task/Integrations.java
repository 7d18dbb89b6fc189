package dev.mapwright.engine.task;

import dev.mapwright.asl.definition.TaskResource;

import java.util.Optional;

/// Finds who answers a Task's resource.
@FunctionalInterface
public interface Integrations {
    Optional<TaskIntegration> find(TaskResource resource);

    /// Why a resource is not found, and what can be done about it: a clause without its full stop.
    default String absence(TaskResource resource) {
        return "Mapwright has no integration for the resource " + resource.arn();
    }

    /// What is known of a resource's parameters and results; empty where nothing is.
    default Optional<ActionForm> form(TaskResource resource) {
        return Optional.empty();
    }
}
