package dev.mapwright.engine.task;

import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;

import java.util.Optional;

/// One call that a Task state makes.
///
/// @param arguments what `Parameters` or `Arguments` made
/// @param idempotencyKey the same when a crash makes the engine call again; new for every retry
/// @param executionArn the caller
/// @param credentialsRoleArn the role of the state's `Credentials`
public record TaskRequest(
        TaskResource resource,
        Json arguments,
        String idempotencyKey,
        String executionArn,
        Optional<String> taskToken,
        Optional<String> credentialsRoleArn) {
    /// The same call with other arguments.
    public TaskRequest with(Json others) {
        return new TaskRequest(
                resource, others, idempotencyKey, executionArn, taskToken, credentialsRoleArn);
    }

    /// What the task fails with where nothing can be sent that says what the arguments say: AWS's
    /// words, whatever the service.
    public TaskFailed unusable(String reason) {
        return TaskFailed.of(
                "States.Runtime",
                "The Parameters '%s' could not be used to start the Task: [%s]"
                        .formatted(arguments.text(), reason));
    }
}
