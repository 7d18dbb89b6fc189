package dev.mapwright.adapters.topics;

import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A message on its way to one subscription.
///
/// @param type `Notification` or `SubscriptionConfirmation`
/// @param message what the subscription's protocol gets
/// @param origin of the server, for the addresses in it: `http://127.0.0.1:4566`
/// @param token that confirms the subscription, in a confirmation
record Notice(
        String type,
        String topic,
        String subscription,
        String id,
        String message,
        Optional<String> subject,
        Map<String, Map<String, Object>> attributes,
        Optional<String> group,
        Optional<String> deduplicationId,
        Optional<String> sequenceNumber,
        Optional<String> token,
        String origin,
        Instant time) {
    static final String NOTIFICATION = "Notification";
    static final String CONFIRMATION = "SubscriptionConfirmation";

    private static final int VERSION = 1;

    static Notice of(Publication message, Subscription to, String origin, Instant time) {
        return new Notice(
                NOTIFICATION,
                to.topic(),
                to.id(),
                message.id(),
                message.message(to.protocol().text()),
                message.subject(),
                message.attributes(),
                message.group(),
                message.deduplicationId(),
                message.sequenceNumber(),
                Optional.empty(),
                origin,
                time.truncatedTo(ChronoUnit.MILLIS));
    }

    static Notice confirmation(
            Subscription of, String id, String topicArn, String origin, Instant time) {
        return new Notice(
                CONFIRMATION,
                of.topic(),
                of.id(),
                id,
                ("You have chosen to subscribe to the topic %s.\n"
                                + "To confirm the subscription, visit the SubscribeURL included in this message.")
                        .formatted(topicArn),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                of.token(),
                origin,
                time.truncatedTo(ChronoUnit.MILLIS));
    }

    /// What queues and HTTP endpoints get.
    /// https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
    String json(TopicOwner owner, Signer signer) {
        var members = new LinkedHashMap<String, Object>();
        members.put("Type", type);
        members.put("MessageId", id);
        sequenceNumber.ifPresent(number -> members.put("SequenceNumber", number));
        token.ifPresent(text -> members.put("Token", text));
        members.put("TopicArn", owner.arn(topic));
        subject.ifPresent(text -> members.put("Subject", text));
        members.put("Message", message);
        members.put("Timestamp", time.toString());
        members.put("SignatureVersion", signer.version().text());
        members.put("Signature", signer.sign(signedText(owner)));
        members.put("SigningCertURL", signer.certificateUrl(origin));
        token.ifPresentOrElse(
                text -> members.put("SubscribeURL", subscribeUrl(owner, text)),
                () -> members.put("UnsubscribeURL", unsubscribeUrl(owner)));
        if (!attributes.isEmpty()) {
            members.put("MessageAttributes", typed());
        }
        return Json.of(members).text();
    }

    /// What functions get.
    /// https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
    byte[] lambdaEvent(TopicOwner owner, Signer signer, String subscriptionArn) {
        var sns = new LinkedHashMap<String, Object>();
        sns.put("Type", type);
        sns.put("MessageId", id);
        sns.put("TopicArn", owner.arn(topic));
        sns.put("Subject", subject.orElse(null));
        sns.put("Message", message);
        sns.put("Timestamp", time.toString());
        sns.put("SignatureVersion", signer.version().text());
        sns.put("Signature", signer.sign(signedText(owner)));
        sns.put("SigningCertUrl", signer.certificateUrl(origin));
        sns.put("UnsubscribeUrl", unsubscribeUrl(owner));
        sns.put("MessageAttributes", typed());
        var event = new LinkedHashMap<String, Object>();
        event.put("EventSource", "aws:sns");
        event.put("EventVersion", "1.0");
        event.put("EventSubscriptionArn", subscriptionArn);
        event.put("Sns", sns);
        return bytes(Map.of("Records", List.of(event)));
    }

    private Map<String, Object> typed() {
        var typed = new LinkedHashMap<String, Object>();
        attributes.forEach((name, value) -> typed.put(
                name,
                Map.of(
                        "Type",
                        value.get("DataType"),
                        "Value",
                        value.getOrDefault("StringValue", value.getOrDefault("BinaryValue", "")))));
        return typed;
    }

    /// Names and values, a line each, in the order of their names.
    /// https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
    private String signedText(TopicOwner owner) {
        var text = new StringBuilder();
        line(text, "Message", message);
        line(text, "MessageId", id);
        subject.ifPresent(value -> line(text, "Subject", value));
        token.ifPresent(value -> line(text, "SubscribeURL", subscribeUrl(owner, value)));
        line(text, "Timestamp", time.toString());
        token.ifPresent(value -> line(text, "Token", value));
        line(text, "TopicArn", owner.arn(topic));
        line(text, "Type", type);
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append('\n').append(value).append('\n');
    }

    private String unsubscribeUrl(TopicOwner owner) {
        return "%s/?Action=Unsubscribe&SubscriptionArn=%s:%s"
                .formatted(origin, owner.arn(topic), subscription);
    }

    private String subscribeUrl(TopicOwner owner, String text) {
        return "%s/?Action=ConfirmSubscription&TopicArn=%s&Token=%s"
                .formatted(origin, owner.arn(topic), text);
    }

    byte[] stored() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("type", type);
        tree.put("topic", topic);
        tree.put("subscription", subscription);
        tree.put("id", id);
        tree.put("message", message);
        subject.ifPresent(text -> tree.put("subject", text));
        tree.put("attributes", attributes);
        group.ifPresent(text -> tree.put("group", text));
        deduplicationId.ifPresent(text -> tree.put("deduplicationId", text));
        sequenceNumber.ifPresent(text -> tree.put("sequenceNumber", text));
        token.ifPresent(text -> tree.put("token", text));
        tree.put("origin", origin);
        tree.put("time", time.toString());
        return bytes(tree);
    }

    static Notice read(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        if (!Integer.valueOf(VERSION).equals(tree.get("version"))) {
            throw new IllegalStateException("Expected a notice of version %d, found version %s"
                    .formatted(VERSION, tree.get("version")));
        }
        return new Notice(
                (String) tree.get("type"),
                (String) tree.get("topic"),
                (String) tree.get("subscription"),
                (String) tree.get("id"),
                (String) tree.get("message"),
                text(tree, "subject"),
                attributes((Map<?, ?>) tree.get("attributes")),
                text(tree, "group"),
                text(tree, "deduplicationId"),
                text(tree, "sequenceNumber"),
                text(tree, "token"),
                (String) tree.get("origin"),
                Instant.parse((String) tree.get("time")));
    }

    private static Map<String, Map<String, Object>> attributes(Map<?, ?> stored) {
        var attributes = new TreeMap<String, Map<String, Object>>();
        stored.forEach((name, value) -> {
            var members = new LinkedHashMap<String, Object>();
            ((Map<?, ?>) value).forEach((key, member) -> members.put((String) key, member));
            attributes.put((String) name, members);
        });
        return attributes;
    }

    private static Optional<String> text(Map<?, ?> tree, String name) {
        return Optional.ofNullable((String) tree.get(name));
    }

    private static byte[] bytes(Object tree) {
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }
}
