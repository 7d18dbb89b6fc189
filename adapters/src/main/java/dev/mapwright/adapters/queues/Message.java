package dev.mapwright.adapters.queues;

import dev.mapwright.adapters.request.RequestMembers;
import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A message as its sender gave it.
///
/// @param id `MessageId`
/// @param trace X-Ray's header
/// @param group empty in a standard queue that was given none
/// @param deduplicationId in a FIFO queue
/// @param deadLetterSource the queue that gave the message up
record Message(
        String id,
        String body,
        MessageAttributes attributes,
        Optional<String> trace,
        Optional<String> group,
        Optional<String> deduplicationId,
        Optional<String> deadLetterSource) {
    private static final int VERSION = 1;
    private static final int ID_CHARS_MAX = 128;

    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
    private static final Pattern BODY =
            Pattern.compile("[\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]*+");

    private static final Pattern ID = Pattern.compile("[!-~]{1," + ID_CHARS_MAX + "}");

    /// Checks what a request sends.
    static Message of(RequestMembers request, String id, QueueAttributes queue) {
        String body = request.text("MessageBody");
        if (body.isEmpty()) {
            throw new SqsErrors().missing("MessageBody");
        }
        if (!BODY.matcher(body).matches()) {
            throw SqsErrors.invalidValue(
                    "MessageBody", "(text)", "it contains characters that are not allowed");
        }
        var attributes = MessageAttributes.of(request.object("MessageAttributes"));
        var message = new Message(
                id,
                body,
                attributes,
                trace(request),
                identifier(request, "MessageGroupId"),
                identifier(request, "MessageDeduplicationId"),
                Optional.empty());
        int bytes = message.bytes();
        if (bytes > queue.messageBytesMax()) {
            throw SqsErrors.invalidValue(
                    "MessageBody",
                    bytes + " bytes",
                    "one or more parameters are invalid: message must be shorter than %d bytes"
                            .formatted(queue.messageBytesMax()));
        }
        return message;
    }

    private static Optional<String> trace(RequestMembers request) {
        Object header = request.object("MessageSystemAttributes").get("AWSTraceHeader");
        return header instanceof Map<?, ?> value && value.get("StringValue") instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Optional<String> identifier(RequestMembers request, String name) {
        Optional<String> given = request.findText(name);
        given.filter(text -> !ID.matcher(text).matches()).ifPresent(text -> {
            throw SqsErrors.invalidValue(
                    name,
                    text,
                    "can only include alphanumeric and punctuation characters, 1 to %d in length"
                            .formatted(ID_CHARS_MAX));
        });
        return given;
    }

    Message withDeduplicationId(String chosen) {
        return new Message(
                id, body, attributes, trace, group, Optional.of(chosen), deadLetterSource);
    }

    Message givenUpBy(String queueArn) {
        return new Message(
                id, body, attributes, trace, group, deduplicationId, Optional.of(queueArn));
    }

    int bytes() {
        return body.getBytes(StandardCharsets.UTF_8).length + attributes.bytes();
    }

    String md5() {
        return MessageAttributes.md5(body.getBytes(StandardCharsets.UTF_8));
    }

    byte[] stored() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("id", id);
        tree.put("body", body);
        tree.put("attributes", attributes.values());
        trace.ifPresent(text -> tree.put("trace", text));
        group.ifPresent(text -> tree.put("group", text));
        deduplicationId.ifPresent(text -> tree.put("deduplicationId", text));
        deadLetterSource.ifPresent(text -> tree.put("deadLetterSource", text));
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    static Message read(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        if (!Integer.valueOf(VERSION).equals(tree.get("version"))) {
            throw new IllegalStateException("Expected a message of version %d, found version %s"
                    .formatted(VERSION, tree.get("version")));
        }
        return new Message(
                (String) tree.get("id"),
                (String) tree.get("body"),
                attributes((Map<?, ?>) tree.get("attributes")),
                text(tree, "trace"),
                text(tree, "group"),
                text(tree, "deduplicationId"),
                text(tree, "deadLetterSource"));
    }

    private static MessageAttributes attributes(Map<?, ?> stored) {
        var values = new TreeMap<String, Map<String, Object>>();
        stored.forEach((name, value) -> {
            var members = new LinkedHashMap<String, Object>();
            ((Map<?, ?>) value).forEach((key, member) -> members.put((String) key, member));
            values.put((String) name, members);
        });
        return new MessageAttributes(values);
    }

    private static Optional<String> text(Map<?, ?> tree, String name) {
        return Optional.ofNullable((String) tree.get(name));
    }
}
