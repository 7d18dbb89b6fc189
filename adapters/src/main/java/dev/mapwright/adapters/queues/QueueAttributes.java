package dev.mapwright.adapters.queues;

import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What can be set of a queue, checked; all values are texts, as SQS has them.
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
record QueueAttributes(Map<String, String> set) {
    static final String FIFO = "FifoQueue";
    static final int MESSAGE_BYTES_MAX = 1_048_576;

    private static final String REDRIVE = "RedrivePolicy";
    private static final String CONTENT_BASED = "ContentBasedDeduplication";
    private static final String SCOPE = "DeduplicationScope";
    private static final int RECEIVES_MAX = 1_000;

    private static final Map<String, Range> NUMBERS = Map.of(
            "DelaySeconds", new Range(0, 900, 0),
            "MaximumMessageSize", new Range(1_024, MESSAGE_BYTES_MAX, MESSAGE_BYTES_MAX),
            "MessageRetentionPeriod", new Range(60, 1_209_600, 345_600),
            "ReceiveMessageWaitTimeSeconds", new Range(0, 20, 0),
            "VisibilityTimeout", new Range(0, 43_200, 30));

    private static final Map<String, Set<String>> CHOICES = Map.of(
            FIFO,
            Set.of("true", "false"),
            CONTENT_BASED,
            Set.of("true", "false"),
            SCOPE,
            Set.of("queue", "messageGroup"),
            "FifoThroughputLimit",
            Set.of("perQueue", "perMessageGroupId"),
            "SqsManagedSseEnabled",
            Set.of("true", "false"));

    private static final Set<String> FIFO_ONLY =
            Set.of(CONTENT_BASED, SCOPE, "FifoThroughputLimit");

    /// Kept and shown, without an effect: there is no encryption and there are no permissions here.
    private static final Set<String> KEPT = Set.of(
            "Policy", "RedriveAllowPolicy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds");

    private record Range(int min, int max, int byDefault) {}

    /// Where messages go that were received too often.
    ///
    /// @param receivesMax how often a message may be received
    record Redrive(String targetArn, int receivesMax) {}

    QueueAttributes {
        set = Map.copyOf(set);
    }

    static QueueAttributes of(Map<String, String> given) {
        return new QueueAttributes(Map.of()).with(given);
    }

    /// These, some of them changed; an empty value takes one away.
    QueueAttributes with(Map<String, String> changes) {
        var all = new LinkedHashMap<>(set);
        changes.forEach((name, value) -> {
            if (value.isEmpty() && !NUMBERS.containsKey(name) && !CHOICES.containsKey(name)) {
                requireKnown(name);
                all.remove(name);
            } else {
                check(name, value);
                all.put(name, value);
            }
        });
        var changed = new QueueAttributes(all);
        for (String name : changes.keySet()) {
            if (FIFO_ONLY.contains(name) && !changed.isFifo()) {
                throw unknown(name);
            }
        }
        return changed;
    }

    /// Everything that can be set, with the defaults of what was not.
    Map<String, String> shown() {
        var shown = new TreeMap<String, String>();
        NUMBERS.forEach((name, range) -> shown.put(name, Integer.toString(range.byDefault)));
        shown.put("SqsManagedSseEnabled", "true");
        shown.putAll(set);
        if (isFifo()) {
            shown.putIfAbsent(CONTENT_BASED, "false");
            shown.putIfAbsent(SCOPE, "queue");
            shown.putIfAbsent("FifoThroughputLimit", "perQueue");
        }
        return shown;
    }

    boolean isFifo() {
        return "true".equals(set.get(FIFO));
    }

    boolean deduplicatesByContent() {
        return "true".equals(set.get(CONTENT_BASED));
    }

    boolean deduplicatesWithinGroups() {
        return "messageGroup".equals(set.get(SCOPE));
    }

    Duration delay() {
        return seconds("DelaySeconds");
    }

    Duration retention() {
        return seconds("MessageRetentionPeriod");
    }

    Duration visibilityTimeout() {
        return seconds("VisibilityTimeout");
    }

    Duration receiveWait() {
        return seconds("ReceiveMessageWaitTimeSeconds");
    }

    int messageBytesMax() {
        return number("MaximumMessageSize");
    }

    Optional<Redrive> redrive() {
        return Optional.ofNullable(set.get(REDRIVE)).map(QueueAttributes::readRedrive);
    }

    private Duration seconds(String name) {
        return Duration.ofSeconds(number(name));
    }

    private int number(String name) {
        String value = set.get(name);
        return value == null ? NUMBERS.get(name).byDefault : Integer.parseInt(value);
    }

    private static void check(String name, String value) {
        requireKnown(name);
        Range range = NUMBERS.get(name);
        boolean fits = range == null
                ? CHOICES.getOrDefault(name, Set.of(value)).contains(value)
                : value.matches("\\d{1,9}")
                        && Integer.parseInt(value) >= range.min
                        && Integer.parseInt(value) <= range.max;
        if (!fits) {
            throw invalidValue(name);
        }
        if (name.equals(REDRIVE)) {
            readRedrive(value);
        }
    }

    static void requireKnown(String name) {
        boolean known = NUMBERS.containsKey(name)
                || CHOICES.containsKey(name)
                || KEPT.contains(name)
                || name.equals(REDRIVE);
        if (!known) {
            throw unknown(name);
        }
    }

    private static Redrive readRedrive(String policy) {
        try {
            if (Json.parse(policy).value() instanceof Map<?, ?> members
                    && members.get("deadLetterTargetArn") instanceof String target) {
                String count = String.valueOf(members.get("maxReceiveCount"));
                if (count.matches("\\d{1,4}")) {
                    int receives = Integer.parseInt(count);
                    if (receives >= 1 && receives <= RECEIVES_MAX) {
                        return new Redrive(target, receives);
                    }
                }
            }
            throw SqsErrors.invalidValue(
                    REDRIVE,
                    policy,
                    "must be {\"deadLetterTargetArn\": ARN, \"maxReceiveCount\": 1 to %d}"
                            .formatted(RECEIVES_MAX));
        } catch (JsonSyntaxException notJson) {
            throw SqsErrors.invalidValue(REDRIVE, policy, "redrive policy is not a valid JSON map");
        }
    }

    static RefusedRequest unknown(String name) {
        return new RefusedRequest("InvalidAttributeName", "Unknown Attribute %s.".formatted(name));
    }

    private static RefusedRequest invalidValue(String name) {
        return new RefusedRequest(
                "InvalidAttributeValue",
                "Invalid value for the parameter %s. %s".formatted(name, form(name)));
    }

    private static String form(String name) {
        Range range = NUMBERS.get(name);
        return range == null
                ? "It has to be one of %s."
                        .formatted(List.copyOf(CHOICES.getOrDefault(name, Set.of())))
                : "It has to be a number from %d to %d.".formatted(range.min, range.max);
    }
}
