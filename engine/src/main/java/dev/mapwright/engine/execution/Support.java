package dev.mapwright.engine.execution;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.StateMachine;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.parse.Diagnostic;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.task.JobIntegration;
import dev.mapwright.engine.task.TaskIntegration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds what a definition asks for that this engine cannot do, so that it is refused when it is
/// created and not when it runs.
final class Support {
    private static final String CODE = "UNSUPPORTED_RESOURCE";

    private final Integrations integrations;
    private final List<Diagnostic> missing = new ArrayList<>();

    private Support(Integrations integrations) {
        this.integrations = integrations;
    }

    static List<Diagnostic> missing(StateMachine machine, Integrations integrations) {
        var support = new Support(integrations);
        support.machine(machine, "");
        return support.missing;
    }

    private void machine(StateMachine machine, String location) {
        machine.states().forEach((name, state) -> state(state, location + "/States/" + name));
    }

    private void state(State state, String location) {
        switch (state) {
            case State.Task task -> task(task.resource(), location + "/Resource");
            case State.Parallel parallel -> {
                for (int i = 0; i < parallel.branches().size(); i++) {
                    machine(parallel.branches().get(i), location + "/Branches[" + i + "]");
                }
            }
            case State.MapState map -> machine(map.processor(), location + "/ItemProcessor");
            case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ -> {}
        }
    }

    private void task(TaskResource resource, String location) {
        if (resource.service().equals(TaskResource.ACTIVITY)) {
            return;
        }
        Optional<TaskIntegration> integration = integrations.find(resource);
        if (integration.isEmpty()) {
            refuse(integrations.absence(resource), location);
            return;
        }
        switch (resource.pattern()) {
            case REQUEST_RESPONSE, WAIT_FOR_TOKEN -> {}
            case RUN_A_JOB, RUN_A_JOB_2 -> {
                if (!(integration.get() instanceof JobIntegration)) {
                    refuse(
                            "Mapwright cannot wait for the job of %s".formatted(resource.arn()),
                            location);
                }
            }
        }
    }

    private void refuse(String message, String location) {
        missing.add(
                new Diagnostic(Diagnostic.Severity.ERROR, CODE, message, Optional.of(location)));
    }
}
