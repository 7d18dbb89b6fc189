package dev.mapwright.adapters.events;

import dev.mapwright.adapters.outbox.Patience;
import dev.mapwright.adapters.outbox.Targets;
import dev.mapwright.adapters.request.RequestMembers;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who gets the events of a rule.
///
/// @param members as the request gave them
record Target(String id, String arn, Map<String, Object> members) {
    private static final Set<String> SERVICES = Set.of("sqs", "lambda", "sns", "states");

    /// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html
    private static final int RETRIES_MAX = 185;

    private static final int AGE_SECONDS_MIN = 60;
    private static final int AGE_SECONDS_MAX = 86_400;

    /// `RoleArn` has no effect here.
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
        var target = new Target(request.text("Id"), arn, new LinkedHashMap<>(members));
        target.requireWithin("MaximumRetryAttempts", 0, RETRIES_MAX);
        target.requireWithin("MaximumEventAgeInSeconds", AGE_SECONDS_MIN, AGE_SECONDS_MAX);
        return target;
    }

    private void requireWithin(String member, int min, int max) {
        retryPolicy(member).filter(number -> number < min || number > max).ifPresent(number -> {
            throw EventErrors.invalid(
                    "RetryPolicy.%s of target %s has to be from %,d to %,d, and is %,d"
                            .formatted(member, id, min, max, number));
        });
    }

    /// As long as its `RetryPolicy` says; without one as long as AWS does.
    Patience patience() {
        int retries = retryPolicy("MaximumRetryAttempts").orElse(RETRIES_MAX);
        int seconds = retryPolicy("MaximumEventAgeInSeconds").orElse(AGE_SECONDS_MAX);
        return new Patience(retries + 1, Duration.ofSeconds(seconds));
    }

    private Optional<Integer> retryPolicy(String member) {
        return members.get("RetryPolicy") instanceof Map<?, ?> policy
                        && policy.get(member) instanceof Number number
                ? Optional.of(number.intValue())
                : Optional.empty();
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
