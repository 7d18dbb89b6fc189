package dev.mapwright.adapters.services;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.ActionForm;
import dev.mapwright.engine.task.Outline;

import java.util.List;
import java.util.Optional;

/// The form of an action whose answer is not the Task's result: the job's end is, or what somebody
/// sends for the task token.
record ParametersOnly(ActionForm action) implements ActionForm {
    @Override
    public Optional<String> resultFault(Json result, Completeness completeness) {
        return Optional.empty();
    }

    @Override
    public List<String> parameterFaults(Outline parameters) {
        return action.parameterFaults(parameters);
    }
}
