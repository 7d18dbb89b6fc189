package dev.mapwright.adapters.services.dynamodb;

import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A Task's arguments as a request to DynamoDB.
final class Arguments {
    /// Members that must be strings wherever an attribute value may stand.
    private static final Set<String> TEXT_TYPES = Set.of("S", "N", "B");

    private Arguments() {}

    /// `putItem` → `PutItem`
    static String operation(TaskRequest request) {
        String action = request.resource().action();
        return Character.toUpperCase(action.charAt(0)) + action.substring(1);
    }

    static Map<String, Object> of(TaskRequest request) throws TaskFailed {
        if (!(request.arguments().value() instanceof Map<?, ?> arguments)) {
            throw request.unusable("The value of the Parameters must be an OBJECT");
        }
        check(request, arguments);
        var members = new LinkedHashMap<String, Object>();
        arguments.forEach((name, value) -> members.put((String) name, value));
        return members;
    }

    /// Step Functions checks these types itself, before it makes a call.
    private static void check(TaskRequest request, Object tree) throws TaskFailed {
        switch (tree) {
            case Map<?, ?> object -> {
                for (Map.Entry<?, ?> member : object.entrySet()) {
                    boolean isNumberOrTruth = member.getValue() instanceof Number
                            || member.getValue() instanceof Boolean;
                    if (isNumberOrTruth && TEXT_TYPES.contains(member.getKey())) {
                        throw request.unusable("The value for the field '%s' must be a STRING"
                                .formatted(member.getKey()));
                    }
                    check(request, member.getValue());
                }
            }
            case List<?> array -> {
                for (Object element : array) {
                    check(request, element);
                }
            }
            case null, default -> {}
        }
    }
}
