package dev.mapwright.engine.task;

import dev.mapwright.asl.definition.TaskResource;

import java.util.Optional;

/// Finds who answers a Task's resource.
@FunctionalInterface
public interface Integrations {
    Optional<TaskIntegration> find(TaskResource resource);
}
