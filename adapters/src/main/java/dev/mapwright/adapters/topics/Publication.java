package dev.mapwright.adapters.topics;

import dev.mapwright.adapters.request.RequestMembers;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A message as it was published.
///
/// @param messages by protocol, `default` among them
/// @param attributes each with `DataType` and `StringValue` or `BinaryValue` (base64)
/// @param group of a FIFO topic, as are the id and the number
record Publication(
        String id,
        Map<String, String> messages,
        Optional<String> subject,
        Map<String, Map<String, Object>> attributes,
        Optional<String> group,
        Optional<String> deduplicationId,
        Optional<String> sequenceNumber) {
    /// https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
    static final int BYTES_MAX = 262_144;

    static final String DEFAULT = "default";
    private static final int SUBJECT_CHARS_MAX = 100;
    private static final Pattern TYPE =
            Pattern.compile("(String|String\\.Array|Number|Binary)(\\..+)?");

    /// Checks what a request publishes.
    static Publication of(
            RequestMembers request,
            String id,
            Optional<String> deduplicationId,
            Optional<String> sequenceNumber) {
        String message = request.findText("Message").orElse("");
        if (message.isEmpty()) {
            throw SnsErrors.invalid("Empty message");
        }
        if (message.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            throw SnsErrors.invalid("Message too long: at most %,d bytes".formatted(BYTES_MAX));
        }
        Optional<String> subject = request.findText("Subject").filter(text -> !text.isEmpty());
        subject.filter(text -> text.length() > SUBJECT_CHARS_MAX || text.contains("\n"))
                .ifPresent(_ -> {
                    throw SnsErrors.invalid("Subject: at most %d characters in one line"
                            .formatted(SUBJECT_CHARS_MAX));
                });
        boolean byProtocol =
                request.findText("MessageStructure").map("json"::equals).orElse(false);
        return new Publication(
                id,
                byProtocol ? byProtocol(message) : Map.of(DEFAULT, message),
                subject,
                attributes(request.object("MessageAttributes")),
                request.findText("MessageGroupId"),
                deduplicationId,
                sequenceNumber);
    }

    private static Map<String, String> byProtocol(String message) {
        try {
            if (Json.parse(message).value() instanceof Map<?, ?> members
                    && members.get(DEFAULT) instanceof String) {
                var messages = new LinkedHashMap<String, String>();
                members.forEach((name, value) -> {
                    if (value instanceof String text) {
                        messages.put((String) name, text);
                    }
                });
                return messages;
            }
        } catch (JsonSyntaxException notJson) {
            throw SnsErrors.invalid("Message Structure - JSON message body failed to parse: "
                    + notJson.getMessage());
        }
        throw SnsErrors.invalid("Message Structure - No default entry in JSON message body");
    }

    private static Map<String, Map<String, Object>> attributes(Map<String, Object> given) {
        var attributes = new TreeMap<String, Map<String, Object>>();
        given.forEach((name, value) -> {
            if (!(value instanceof Map<?, ?> members)
                    || !(members.get("DataType") instanceof String type)
                    || !TYPE.matcher(type).matches()) {
                throw SnsErrors.invalid(
                        "The message attribute '%s' must have a DataType String, String.Array, Number or Binary"
                                .formatted(name));
            }
            String member = type.startsWith("Binary") ? "BinaryValue" : "StringValue";
            if (!(members.get(member) instanceof String content) || content.isEmpty()) {
                throw SnsErrors.invalid(
                        "The message attribute '%s' must contain non-empty message attribute value for message attribute type '%s'."
                                .formatted(name, type));
            }
            attributes.put(name, Map.of("DataType", type, member, content));
        });
        return attributes;
    }

    String message(String protocol) {
        String byDefault = messages.get(DEFAULT);
        return messages.getOrDefault(protocol, byDefault);
    }

    /// What filter policies look at: attributes as values of their types.
    Map<String, Object> attributeTree() {
        var tree = new LinkedHashMap<String, Object>();
        attributes.forEach((name, value) -> tree.put(name, attribute(value)));
        return tree;
    }

    private static Object attribute(Map<String, Object> value) {
        String type = (String) value.get("DataType");
        if (!(value.get("StringValue") instanceof String text)) {
            return "";
        }
        try {
            return switch (type) {
                case "Number" -> new BigDecimal(text);
                case "String.Array" -> Json.parse(text).value();
                default -> text;
            };
        } catch (NumberFormatException | JsonSyntaxException notOfItsType) {
            return text;
        }
    }

    /// Empty where the message is no JSON.
    Optional<Object> bodyTree() {
        try {
            return Optional.ofNullable(Json.parse(messages.get(DEFAULT)).value());
        } catch (JsonSyntaxException notJson) {
            return Optional.empty();
        }
    }
}
