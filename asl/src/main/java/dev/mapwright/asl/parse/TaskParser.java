package dev.mapwright.asl.parse;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.expression.Expression;

import java.util.Map;
import java.util.Optional;

/// A Task state: its resource, deadlines and credentials.
final class TaskParser {
    private static final TaskResource NOTHING =
            new TaskResource("", "", "", TaskResource.Pattern.REQUEST_RESPONSE);

    private TaskParser() {}

    static State task(String name, Node state, Language language, Scene scene) {
        TaskResource resource = resource(state, scene.type());
        Optional<Expression> timeout = language.number(state, NumberField.TIMEOUT_SECONDS);
        Optional<Expression> heartbeat = language.number(state, NumberField.HEARTBEAT_SECONDS);
        checkHeartbeat(state);
        return new State.Task(
                name,
                language.dataflow(state, StateType.TASK),
                resource,
                timeout,
                heartbeat,
                credentials(state, language, resource),
                RecoveryParser.recovery(state, language),
                StateParser.next(state));
    }

    private static TaskResource resource(Node state, MachineType type) {
        String arn = state.requiredText("Resource");
        if (arn.isEmpty()) {
            return NOTHING;
        }
        if (!arn.startsWith("arn:")) {
            state.errorAt("Resource", "Value is not a valid resource ARN");
            return NOTHING;
        }
        Optional<TaskResource> resource = Resources.parse(arn);
        if (resource.isEmpty()) {
            state.errorAt(
                    "Resource",
                    ("The resource provided %s is not recognized. The value is not a valid resource "
                                    + "ARN, or the resource is not available in this region.")
                            .formatted(arn));
            return NOTHING;
        }
        if (type == MachineType.EXPRESS) {
            checkExpress(state, resource.get());
        }
        return resource.get();
    }

    /// An EXPRESS machine can only call and go on. The space at the end of the callback's text is
    /// AWS's.
    private static void checkExpress(Node state, TaskResource resource) {
        if (resource.service().equals(TaskResource.ACTIVITY)) {
            state.errorAt("Resource", "Express state machine does not support Activity ARN");
            return;
        }
        switch (resource.pattern()) {
            case RUN_A_JOB, RUN_A_JOB_2 ->
                state.errorAt(
                        "Resource",
                        "Express state machine does not support '.sync' service integration");
            case WAIT_FOR_TOKEN ->
                state.errorAt(
                        "Resource",
                        "Express state machine does not support '.waitForTaskToken' service integration ");
            case REQUEST_RESPONSE -> {}
        }
    }

    private static void checkHeartbeat(Node state) {
        if (state.raw("TimeoutSeconds") instanceof Number timeout
                && state.raw("HeartbeatSeconds") instanceof Number heartbeat
                && heartbeat.longValue() >= timeout.longValue()) {
            state.errorAt(
                    "HeartbeatSeconds", "HeartbeatSeconds must be smaller than TimeoutSeconds");
        }
    }

    private static Optional<Expression> credentials(
            Node state, Language language, TaskResource resource) {
        if (!state.has("Credentials")) {
            return Optional.empty();
        }
        if (resource.service().equals(TaskResource.ACTIVITY)) {
            state.errorAt("Credentials", "The field 'Credentials' is not supported for activities");
        }
        if (state.raw("Credentials") instanceof Map<?, ?> members
                && !members.containsKey("RoleArn")
                && !members.containsKey("RoleArn.$")) {
            state.errorAt("Credentials", "The field 'RoleArn' is required but was missing");
        }
        return language.template(state, "Credentials");
    }
}
