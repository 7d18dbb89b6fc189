package dev.mapwright.adapters.events;

import dev.mapwright.adapters.outbox.Targets;
import dev.mapwright.adapters.request.RequestMembers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who gets the events of a rule.
///
/// @param members as the request gave them
record Target(String id, String arn, Map<String, Object> members) {
    private static final Set<String> SERVICES = Set.of("sqs", "lambda", "sns", "states");

    /// `RoleArn` and `RetryPolicy` have no effect here.
    private static final Set<String> MEMBERS = Set.of(
            "Id",
            "Arn",
            "RoleArn",
            "Input",
            "InputPath",
            "InputTransformer",
            "SqsParameters",
            "DeadLetterConfig",
            "RetryPolicy");

    static Target of(RequestMembers request, Map<String, Object> members) {
        request.accepting(MEMBERS);
        String arn = request.text("Arn");
        if (!Targets.service(arn).map(SERVICES::contains).orElse(false)) {
            throw EventErrors.invalid(
                    ("Mapwright cannot deliver to the target %s: only to queues, functions, topics and"
                                    + " state machines")
                            .formatted(arn));
        }
        int inputs = 0;
        for (String input : Set.of("Input", "InputPath", "InputTransformer")) {
            inputs += request.has(input) ? 1 : 0;
        }
        if (inputs > 1) {
            throw EventErrors.invalid(
                    "Only one of Input, InputPath, or InputTransformer must be provided for target "
                            + request.text("Id"));
        }
        return new Target(request.text("Id"), arn, new LinkedHashMap<>(members));
    }

    /// What the target gets of an event.
    ///
    /// @param ruleArn for templates that ask for it
    String input(Map<String, Object> event, String ruleName, String ruleArn) {
        return new TargetInput(event, ruleName, ruleArn).of(members);
    }

    Optional<String> messageGroup() {
        return nested("SqsParameters", "MessageGroupId");
    }

    Optional<String> deadLetterQueue() {
        return nested("DeadLetterConfig", "Arn");
    }

    private Optional<String> nested(String object, String member) {
        return members.get(object) instanceof Map<?, ?> inner
                        && inner.get(member) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }
}
