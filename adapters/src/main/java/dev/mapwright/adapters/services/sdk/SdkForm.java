package dev.mapwright.adapters.services.sdk;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.ActionForm;
import dev.mapwright.engine.task.Outline;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the SDK and the API's model say of one action.
///
/// @param jsonMembers binary members that Step Functions takes and shows as JSON
/// @param own parameters that Step Functions has beside those of the API
/// @param reserved parameters that Step Functions sets itself
record SdkForm(
        SdkModule module,
        SdkAction action,
        Dialect dialect,
        Set<String> jsonMembers,
        Set<String> own,
        Set<String> reserved)
        implements ActionForm {
    SdkForm {
        jsonMembers = Set.copyOf(jsonMembers);
        own = Set.copyOf(own);
        reserved = Set.copyOf(reserved);
    }

    static SdkForm of(SdkModule module, SdkAction action) {
        return new SdkForm(module, action, Dialect.SDK, Set.of(), Set.of(), Set.of());
    }

    static SdkForm of(OptimizedService service, SdkModule module, SdkAction action) {
        return new SdkForm(
                module,
                action,
                Dialect.OPTIMIZED,
                service.jsonMembers(),
                service.ownParameters(),
                service.reserved());
    }

    @Override
    public Optional<String> resultFault(Json result, Completeness completeness) {
        if (!(result.value() instanceof Map<?, ?> members)) {
            return Optional.of("Mocked result must be a JSON object");
        }
        var form = new ResultForm(module.forms(), dialect, completeness, jsonMembers);
        return form.fault(action.response(), members);
    }

    @Override
    public List<String> parameterFaults(Outline parameters) {
        return parameters.tree() instanceof Map<?, ?> members
                ? new ParameterForm(module.forms(), free(), reserved)
                        .faults(action.request(), members)
                : List.of();
    }

    private Set<String> free() {
        var free = new HashSet<>(jsonMembers);
        free.addAll(own);
        action.streamed().ifPresent(free::add);
        return free;
    }
}
