package dev.mapwright.adapters.queues;

import dev.mapwright.adapters.request.RefusedRequest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The attributes of a message, in order of their names, each as the map that the API has:
/// `DataType` and `StringValue` or `BinaryValue` (base64).
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
record MessageAttributes(SortedMap<String, Map<String, Object>> values) {
    static final MessageAttributes NONE = new MessageAttributes(new TreeMap<>());

    private static final int COUNT_MAX = 10;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,256}");
    private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..+)?");
    private static final String BINARY = "Binary";
    private static final byte TEXT_MARK = 1;
    private static final byte BINARY_MARK = 2;

    /// Checks what a request gives.
    static MessageAttributes of(Map<String, Object> given) {
        if (given.size() > COUNT_MAX) {
            throw SqsErrors.invalidValue(
                    "MessageAttributes",
                    given.size(),
                    "a message can have at most %d attributes".formatted(COUNT_MAX));
        }
        var values = new TreeMap<String, Map<String, Object>>();
        given.forEach((name, value) -> values.put(name, checked(name, value)));
        return new MessageAttributes(values);
    }

    private static Map<String, Object> checked(String name, Object value) {
        if (!NAME.matcher(name).matches()) {
            throw invalid(name, "name can contain letters, digits, _, - and ., up to 256 of them");
        }
        if (!(value instanceof Map<?, ?> members)
                || !(members.get("DataType") instanceof String type)) {
            throw invalid(name, "must contain non-empty message attribute type");
        }
        if (!TYPE.matcher(type).matches()) {
            throw invalid(
                    name,
                    "has an invalid message attribute type, the set of supported type"
                            + " prefixes is Binary, Number, and String");
        }
        String member = type.startsWith(BINARY) ? "BinaryValue" : "StringValue";
        if (!(members.get(member) instanceof String content) || content.isEmpty()) {
            throw invalid(
                    name,
                    "must contain non-empty message attribute value for message attribute type '%s'"
                            .formatted(type));
        }
        if (type.startsWith(BINARY)) {
            try {
                Base64.getDecoder().decode(content);
            } catch (IllegalArgumentException notBase64) {
                throw invalid(name, "has a BinaryValue that is not base64");
            }
        }
        return Map.of("DataType", type, member, content);
    }

    private static RefusedRequest invalid(String name, String problem) {
        return new RefusedRequest(
                "InvalidParameterValue", "The message attribute '%s' %s.".formatted(name, problem));
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /// Names, types and values: what counts towards the size of the message.
    int bytes() {
        int bytes = 0;
        for (Map.Entry<String, Map<String, Object>> one : values.entrySet()) {
            bytes += utf8(one.getKey()).length
                    + utf8((String) one.getValue().get("DataType")).length
                    + content(one.getValue()).length;
        }
        return bytes;
    }

    /// @param names `All`, `.*`, `prefix.*` or a name
    MessageAttributes chosen(List<String> names) {
        Predicate<String> wanted = name -> names.stream().anyMatch(each -> matches(each, name));
        var chosen = new TreeMap<>(values);
        chosen.keySet().removeIf(wanted.negate());
        return new MessageAttributes(chosen);
    }

    private static boolean matches(String pattern, String name) {
        return pattern.equals("All")
                || pattern.equals(name)
                || (pattern.endsWith(".*")
                        && name.startsWith(pattern.substring(0, pattern.length() - 2)));
    }

    /// `MD5OfMessageAttributes`, by which clients check that all came through.
    String md5() {
        var bytes = new ByteArrayOutputStream();
        values.forEach((name, value) -> {
            write(bytes, utf8(name));
            write(bytes, utf8((String) value.get("DataType")));
            bytes.write(value.containsKey("BinaryValue") ? BINARY_MARK : TEXT_MARK);
            write(bytes, content(value));
        });
        return md5(bytes.toByteArray());
    }

    static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has MD5", impossible);
        }
    }

    private static byte[] content(Map<String, Object> value) {
        return value.get("BinaryValue") instanceof String base64
                ? Base64.getDecoder().decode(base64)
                : utf8((String) value.get("StringValue"));
    }

    private static void write(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
