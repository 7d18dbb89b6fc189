package dev.mapwright.adapters.services.form;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.ActionForm;
import dev.mapwright.engine.task.Outline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The names that an action's parameters may have at the top; what they hold is found out by a run.
public record ParameterNames(List<String> required, Set<String> optional) implements ActionForm {
    public ParameterNames {
        required = List.copyOf(required);
        optional = Set.copyOf(optional);
    }

    @Override
    public Optional<String> resultFault(Json result, Completeness completeness) {
        return Optional.empty();
    }

    @Override
    public List<String> parameterFaults(Outline parameters) {
        return parameters.tree() instanceof Map<?, ?> members ? faults(members) : List.of();
    }

    /// In AWS's words.
    public List<String> faults(Map<?, ?> members) {
        var faults = new ArrayList<String>();
        for (String name : required) {
            if (!members.containsKey(name)) {
                faults.add("The field '%s' is required but was missing".formatted(name));
            }
        }
        for (Object name : members.keySet()) {
            if (!required.contains(name) && !optional.contains(name)) {
                faults.add("The field \"%s\" is not supported by Step Functions".formatted(name));
            }
        }
        return faults;
    }
}
