package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Execution;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The context object, `$$` or `$states.context`:
/// https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
final class ContextObject {
    private final Execution of;
    private Map<String, Object> shared = Map.of();

    ContextObject(Execution of) {
        this.of = of;
    }

    /// What is the same in all states, made when a state first asks for it: most never do.
    private synchronized Map<String, Object> shared() {
        if (shared.isEmpty()) {
            shared = Map.of("Execution", execution(), "StateMachine", stateMachine());
        }
        return shared;
    }

    private Map<String, Object> execution() {
        var execution = new LinkedHashMap<String, Object>();
        execution.put("Id", of.arn());
        execution.put("Input", of.input().value());
        execution.put("StartTime", timestamp(of.startedAt()));
        execution.put("Name", plainName(of));
        execution.put("RoleArn", of.roleArn());
        if (of.type() == Execution.Type.STANDARD || of.child().isPresent()) {
            execution.put("RedriveCount", of.redriveCount());
        }
        if (of.type() == Execution.Type.STANDARD) {
            of.redriven()
                    .ifPresent(redriven -> execution.put("RedriveTime", timestamp(redriven.at())));
        }
        return execution;
    }

    private Map<String, Object> stateMachine() {
        var stateMachine = new LinkedHashMap<String, Object>();
        stateMachine.put("Id", of.machineArn());
        stateMachine.put("Name", machineName(of.machineArn()));
        return stateMachine;
    }

    /// @param retryCount only for states that can retry
    /// @param item `{"Index", "Value", …}` while an item is looked at
    Json of(
            String state,
            Instant enteredAt,
            Optional<Integer> retryCount,
            Optional<String> taskToken,
            Optional<Map<String, Object>> item) {
        var context = new LinkedHashMap<String, Object>();
        context.put("Execution", shared().get("Execution"));
        context.put("StateMachine", shared().get("StateMachine"));
        var entered = new LinkedHashMap<String, Object>();
        entered.put("Name", state);
        entered.put("EnteredTime", timestamp(enteredAt));
        retryCount.ifPresent(count -> entered.put("RetryCount", count));
        context.put("State", entered);
        taskToken.ifPresent(token -> context.put("Task", Map.of("Token", token)));
        item.ifPresent(one -> context.put("Map", Map.of("Item", one)));
        return Json.of(context);
    }

    /// ISO-8601 UTC with milliseconds, as AWS writes times into payloads.
    static String timestamp(Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(time);
    }

    /// An EXPRESS child's name has two parts; the context shows the first.
    private static String plainName(Execution of) {
        int colon = of.name().indexOf(':');
        return colon < 0 ? of.name() : of.name().substring(0, colon);
    }

    /// Without the label that children's machines carry.
    static String machineName(String machineArn) {
        String name = machineArn.substring(machineArn.lastIndexOf(':') + 1);
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }
}
