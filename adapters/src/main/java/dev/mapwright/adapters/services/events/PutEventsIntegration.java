package dev.mapwright.adapters.services.events;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `events:putEvents` does beyond the call: each event names the state machine and the
/// execution that it comes from among its resources, and one that was not taken fails the Task.
/// https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html
public final class PutEventsIntegration implements TaskIntegration {
    private final TaskIntegration call;

    /// @param call makes the call itself, wherever EventBridge is
    public PutEventsIntegration(TaskIntegration call) {
        this.call = call;
    }

    @Override
    public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        Json answer = call.call(withOrigin(request));
        boolean failed = answer.value() instanceof Map<?, ?> members
                && members.get("FailedEntryCount") instanceof Number count
                && count.intValue() > 0;
        if (failed) {
            throw TaskFailed.of("EventBridge.FailedEntry", answer.text());
        }
        return answer;
    }

    private static TaskRequest withOrigin(TaskRequest request) {
        if (!(request.arguments().value() instanceof Map<?, ?> arguments)
                || !(arguments.get("Entries") instanceof List<?> entries)) {
            return request;
        }
        String execution = request.executionArn();
        String machine =
                execution.replaceFirst(":(?:execution|express):([^:]+):.*", ":stateMachine:$1");
        List<Object> named = new ArrayList<>();
        for (Object each : entries) {
            named.add(each instanceof Map<?, ?> entry ? named(entry, machine, execution) : each);
        }
        var changed = new LinkedHashMap<Object, Object>(arguments);
        changed.put("Entries", named);
        return request.with(Json.of(changed));
    }

    private static Map<Object, Object> named(Map<?, ?> entry, String machine, String execution) {
        List<Object> resources = new ArrayList<>();
        if (entry.get("Resources") instanceof List<?> given) {
            resources.addAll(given);
        }
        resources.add(machine);
        resources.add(execution);
        var changed = new LinkedHashMap<Object, Object>(entry);
        changed.put("Resources", resources);
        return changed;
    }
}
