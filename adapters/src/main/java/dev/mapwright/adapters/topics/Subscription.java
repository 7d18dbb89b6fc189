package dev.mapwright.adapters.topics;

import dev.mapwright.adapters.patterns.InvalidPattern;
import dev.mapwright.adapters.patterns.Pattern;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who gets the messages of a topic.
///
/// @param id the last part of its ARN
/// @param token that confirms it; empty once it is confirmed
/// @param filter compiled from the attributes
record Subscription(
        String id,
        String topic,
        Protocol protocol,
        String endpoint,
        Map<String, String> attributes,
        Optional<String> token,
        Optional<Pattern> filter) {
    private static final int VERSION = 1;
    private static final String FILTER = "FilterPolicy";
    private static final String SCOPE = "FilterPolicyScope";
    private static final String RAW = "RawMessageDelivery";
    private static final String REDRIVE = "RedrivePolicy";
    private static final Map<String, Set<String>> CHOICES =
            Map.of(RAW, Set.of("true", "false"), SCOPE, Set.of("MessageAttributes", "MessageBody"));

    /// Kept and shown, without an effect.
    private static final Set<String> KEPT = Set.of("DeliveryPolicy", "SubscriptionRoleArn");

    enum Protocol {
        SQS,
        LAMBDA,
        HTTP,
        HTTPS;

        static Protocol of(String name) {
            return switch (name) {
                case "sqs" -> SQS;
                case "lambda" -> LAMBDA;
                case "http" -> HTTP;
                case "https" -> HTTPS;
                default ->
                    throw SnsErrors.invalid(
                            ("Protocol '%s' is not supported by Mapwright: it delivers to sqs, lambda,"
                                            + " http and https")
                                    .formatted(name));
            };
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Subscription {
        attributes = Map.copyOf(attributes);
    }

    /// Checks the attributes.
    static Subscription of(
            String id,
            String topic,
            Protocol protocol,
            String endpoint,
            Map<String, String> attributes,
            Optional<String> token) {
        attributes.forEach(Subscription::check);
        return new Subscription(
                id, topic, protocol, endpoint, attributes, token, filter(attributes));
    }

    private static void check(String name, String value) {
        requireKnown(name);
        Set<String> choices = CHOICES.getOrDefault(name, Set.of(value));
        if (!choices.contains(value)) {
            throw SnsErrors.invalid("Attributes Reason: %s has to be one of %s, and is '%s'"
                    .formatted(name, choices, value));
        }
        if (name.equals(REDRIVE)) {
            deadLetterQueue(value);
        }
    }

    private static void requireKnown(String name) {
        boolean known = CHOICES.containsKey(name)
                || KEPT.contains(name)
                || name.equals(FILTER)
                || name.equals(REDRIVE);
        if (!known) {
            throw SnsErrors.invalid("AttributeName: there is no attribute '%s'".formatted(name));
        }
    }

    private static Optional<Pattern> filter(Map<String, String> attributes) {
        String policy = attributes.getOrDefault(FILTER, "");
        if (policy.isEmpty() || policy.equals("{}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.parse(policy));
        } catch (InvalidPattern invalid) {
            throw SnsErrors.invalid("FilterPolicy: " + invalid.getMessage());
        }
    }

    private static String deadLetterQueue(String policy) {
        try {
            if (Json.parse(policy).value() instanceof Map<?, ?> members
                    && members.get("deadLetterTargetArn") instanceof String arn) {
                return arn;
            }
        } catch (JsonSyntaxException notJson) {
            throw invalidRedrive(notJson.getMessage());
        }
        throw invalidRedrive("it has to have the member deadLetterTargetArn, the ARN of a queue");
    }

    private static RefusedRequest invalidRedrive(String problem) {
        return SnsErrors.invalid("RedrivePolicy: " + problem);
    }

    String arn(TopicOwner owner) {
        return owner.arn(topic) + ":" + id;
    }

    boolean isRaw() {
        return "true".equals(attributes.get(RAW));
    }

    /// Where messages go that could not be delivered.
    Optional<String> deadLetterQueue() {
        return Optional.ofNullable(attributes.get(REDRIVE)).map(Subscription::deadLetterQueue);
    }

    boolean wants(Publication message) {
        return filter.map(pattern -> "MessageBody".equals(attributes.get(SCOPE))
                        ? message.bodyTree().map(pattern::matches).orElse(false)
                        : pattern.matches(message.attributeTree()))
                .orElse(true);
    }

    Subscription confirmed() {
        return new Subscription(
                id, topic, protocol, endpoint, attributes, Optional.empty(), filter);
    }

    /// An empty value takes the attribute away.
    Subscription withAttribute(String name, String value) {
        requireKnown(name);
        var changed = new LinkedHashMap<>(attributes);
        changed.put(name, value);
        changed.values().removeIf(String::isEmpty);
        return of(id, topic, protocol, endpoint, changed, token);
    }

    byte[] stored() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("id", id);
        tree.put("topic", topic);
        tree.put("protocol", protocol.text());
        tree.put("endpoint", endpoint);
        tree.put("attributes", attributes);
        token.ifPresent(text -> tree.put("token", text));
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    static Subscription read(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        if (!Integer.valueOf(VERSION).equals(tree.get("version"))) {
            throw new IllegalStateException(
                    "Expected a subscription of version %d, found version %s"
                            .formatted(VERSION, tree.get("version")));
        }
        return of(
                (String) tree.get("id"),
                (String) tree.get("topic"),
                Protocol.of((String) tree.get("protocol")),
                (String) tree.get("endpoint"),
                Topic.texts(tree.get("attributes")),
                Optional.ofNullable((String) tree.get("token")));
    }
}
