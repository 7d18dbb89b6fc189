package dev.mapwright.adapters.services.jobs;

import dev.mapwright.adapters.services.sdk.OptimizedCall;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The first call of a description: what starts a job, or does what is asked for.
///
/// @param named what the call is about, where the Task names it
record DescribedCall(JobDescription description, Optional<NamedThing> named, OptimizedCall action)
        implements TaskIntegration {
    static final String REQUEST = "request";
    static final String RESPONSE = "response";
    private static final String FOUND = "found";

    @Override
    public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        return shown(request, answer(request));
    }

    OptimizedCall.Answer answer(TaskRequest request) throws TaskFailed, InterruptedException {
        return request.arguments().value() instanceof Map<?, ?> arguments
                ? action.ask(request.with(Json.of(parameters(request, arguments))))
                : action.ask(request);
    }

    /// The answer as the Task's result, or as what TaskSubmitted shows.
    Json shown(TaskRequest request, OptimizedCall.Answer answer) {
        return description
                .response()
                .map(response -> answer.with(response.members(sources(request, answer.members()))))
                .orElse(answer)
                .result();
    }

    private Map<String, Object> parameters(TaskRequest request, Map<?, ?> arguments)
            throws TaskFailed, InterruptedException {
        List<String> faults =
                description.names().map(names -> names.faults(arguments)).orElse(List.of());
        if (!faults.isEmpty()) {
            throw request.unusable(faults.getFirst());
        }
        Map<?, ?> found = named.isPresent() ? named.get().find(request, arguments) : Map.of();
        var parameters = new LinkedHashMap<String, Object>();
        description
                .request()
                .map(template -> template.members(Map.of(REQUEST, arguments, FOUND, found)))
                .<Map<?, ?>>map(members -> members)
                .orElse(arguments)
                .forEach((name, value) -> parameters.put((String) name, value));
        parameters.putAll(description.preset());
        return parameters;
    }

    static Map<String, Object> sources(TaskRequest request, Map<String, Object> response) {
        return Map.of(REQUEST, request.arguments().value(), RESPONSE, response);
    }
}
