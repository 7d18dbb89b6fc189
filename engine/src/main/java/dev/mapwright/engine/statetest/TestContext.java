package dev.mapwright.engine.statetest;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.TaskResource.Pattern;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.world.World;

import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The context object of a state under test: as given, or made up as if an EXPRESS execution of a
/// state machine of a random name had come to the state.
record TestContext(String executionArn, Json value) {
    /// AWS gives every state under test this name, whatever it is called in its definition.
    static final String STATE_NAME = "StateName";

    private static final Map<String, Set<String>> MEMBERS = Map.of(
            "Execution",
            Set.of("Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"),
            "State",
            Set.of("EnteredTime", "Name", "RetryCount"),
            "StateMachine",
            Set.of("Id", "Name"),
            "Task",
            Set.of("Token"));

    /// What may be other than text: the input is whatever it was.
    private static final Set<String> UNTYPED = Set.of("Input");

    private static final Set<String> NUMBERS = Set.of("RetryCount", "RedriveCount");

    static TestContext of(Subject subject, StateTest test, World world, Place place)
            throws Refused {
        String machineName = world.uuid().toString();
        String executionName = world.uuid().toString();
        String arn = place.arn("express:%s:%s".formatted(machineName, executionName));
        if (test.context().isPresent()) {
            check(test.context().get());
            return new TestContext(arn, test.context().get());
        }
        String now = DateTimeFormatter.ISO_INSTANT.format(world.now());
        var execution = new LinkedHashMap<String, Object>();
        execution.put("Id", arn);
        execution.put("Input", test.input().value());
        execution.put("Name", executionName);
        execution.put("RoleArn", test.roleArn().orElse(null));
        execution.put("StartTime", now);
        var state = new LinkedHashMap<String, Object>();
        state.put("Name", STATE_NAME);
        state.put("EnteredTime", now);
        if (canRetry(subject.state())) {
            state.put("RetryCount", test.settings().retrierRetryCount());
        }
        var machine = new LinkedHashMap<String, Object>();
        machine.put("Id", place.arn("stateMachine:" + machineName));
        machine.put("Name", machineName);
        var context = new LinkedHashMap<String, Object>();
        context.put("Execution", execution);
        context.put("StateMachine", machine);
        context.put("State", state);
        if (subject.state() instanceof State.Task task
                && task.resource().pattern() == Pattern.WAIT_FOR_TOKEN) {
            context.put("Task", Map.of("Token", world.uuid().toString()));
        }
        if (subject.setting() == Subject.Setting.ITERATION) {
            var item = new LinkedHashMap<String, Object>();
            item.put("Index", 0);
            item.put("Value", test.input().value());
            context.put("Map", Map.of("Item", item));
        }
        return new TestContext(arn, Json.of(context));
    }

    /// The context object while a Map state looks at one of its items.
    Json withItem(Map<String, Object> item) {
        var context = new LinkedHashMap<Object, Object>((Map<?, ?>) value.value());
        context.put("Map", Map.of("Item", item));
        return Json.of(context);
    }

    private static boolean canRetry(State state) {
        return switch (state) {
            case State.Task _, State.MapState _, State.Parallel _ -> true;
            case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ -> false;
        };
    }

    private static void check(Json context) throws Refused {
        if (!(context.value() instanceof Map<?, ?> parts)) {
            throw invalid("Context must be a JSON object");
        }
        for (Map.Entry<?, ?> part : parts.entrySet()) {
            if (part.getKey().equals("Map")) {
                throw invalid("'Map' field is not supported when mocking a Context object");
            }
            Set<String> allowed = MEMBERS.get(part.getKey());
            if (allowed == null) {
                throw notAllowed(part.getKey());
            }
            if (!(part.getValue() instanceof Map<?, ?> members)) {
                throw invalid(part.getKey() + " must be an object");
            }
            for (Map.Entry<?, ?> member : members.entrySet()) {
                if (!allowed.contains(member.getKey())) {
                    throw notAllowed(member.getKey());
                }
                checkType(part.getKey() + "." + member.getKey(), member);
            }
        }
    }

    private static void checkType(String place, Map.Entry<?, ?> member) throws Refused {
        if (UNTYPED.contains(member.getKey())) {
            return;
        }
        if (NUMBERS.contains(member.getKey())) {
            if (!(member.getValue() instanceof Number)) {
                throw invalid(place + " must be a number");
            }
        } else if (!(member.getValue() instanceof String)) {
            throw invalid(place + " must be a string");
        }
    }

    private static Refused notAllowed(Object field) {
        return invalid("Field '%s' is not allowed".formatted(field));
    }

    private static Refused invalid(String detail) {
        return MockRules.invalid("Invalid Context object provided: " + detail);
    }
}
