package dev.mapwright.adapters.services.sdk;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.ActionForm;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the SDK and the API's model say of one action.
///
/// @param free members of the result that Step Functions fills in its own way
record SdkForm(SdkModule module, SdkAction action, Dialect dialect, Set<String> free)
        implements ActionForm {
    SdkForm {
        free = Set.copyOf(free);
    }

    @Override
    public Optional<String> resultFault(Json result, Completeness completeness) {
        if (!(result.value() instanceof Map<?, ?> members)) {
            return Optional.of("Mocked result must be a JSON object");
        }
        var form = new ResultForm(module.forms(), dialect, completeness, free);
        return form.fault(action.response(), members);
    }
}
