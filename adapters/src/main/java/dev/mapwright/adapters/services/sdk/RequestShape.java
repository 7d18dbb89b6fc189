package dev.mapwright.adapters.services.sdk;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskRequest;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Makes the SDK's requests of JSON. A member that is null is one that is absent.
///
/// A member that lets the service recognize a request that is made again gets, unless it is given,
/// a value that is the same when a crash makes the engine call again.
///
/// @param jsonMembers binary members that are given as JSON
/// @param idempotencyKey of the Task's call
record RequestShape(
        Shapes shapes, Dialect dialect, Set<String> jsonMembers, String idempotencyKey) {
    RequestShape(Shapes shapes, Dialect dialect, Set<String> jsonMembers) {
        this(shapes, dialect, jsonMembers, "");
    }

    RequestShape of(TaskRequest request) {
        return new RequestShape(shapes, dialect, jsonMembers, request.idempotencyKey());
    }

    /// Sets a request's members.
    void fill(SdkPojo request, Map<?, ?> members) throws Unusable {
        shapes.of(request).token().ifPresent(token -> token.set(request, token()));
        fillStructure(request, members);
    }

    private String token() {
        return UUID.nameUUIDFromBytes(idempotencyKey.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private void fillStructure(SdkPojo builder, Map<?, ?> members) throws Unusable {
        Shape shape = shapes.of(builder);
        for (Map.Entry<?, ?> member : members.entrySet()) {
            String name = (String) member.getKey();
            SdkField<?> field = shape.field(name).orElseThrow(() -> Unusable.unsupported(name));
            if (member.getValue() != null) {
                field.set(builder, value(name, field, member.getValue()));
            }
        }
    }

    private Object value(String name, SdkField<?> field, Object json) throws Unusable {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> text(name, json);
            case BOOLEAN -> truth(name, json);
            case BYTE -> integer(name, json, Byte.MIN_VALUE, Byte.MAX_VALUE).byteValue();
            case SHORT -> integer(name, json, Short.MIN_VALUE, Short.MAX_VALUE).shortValue();
            case INTEGER ->
                integer(name, json, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
            case LONG -> integer(name, json, Long.MIN_VALUE, Long.MAX_VALUE).longValue();
            case FLOAT -> number(name, json).floatValue();
            case DOUBLE -> number(name, json).doubleValue();
            case BIG_DECIMAL -> number(name, json);
            case INSTANT -> instant(name, json);
            case SDK_BYTES -> bytes(name, json);
            case SDK_POJO -> structure(name, field, json);
            case LIST -> list(name, field, json);
            case MAP -> map(name, field, json);
            case DOCUMENT -> document(json);
            case NULL -> throw Unusable.type(name, "absent");
        };
    }

    /// A JSON value where the service wants text is given as its text.
    private static String text(String name, Object json) throws Unusable {
        return switch (json) {
            case String text -> text;
            case Map<?, ?> object -> Json.of(object).text();
            case List<?> array -> Json.of(array).text();
            default -> throw Unusable.type(name, "a STRING");
        };
    }

    private static Boolean truth(String name, Object json) throws Unusable {
        if (!Truths.isOne(json)) {
            throw Unusable.type(name, "a BOOLEAN");
        }
        return Truths.of(json).orElse(null);
    }

    private static BigDecimal number(String name, Object json) throws Unusable {
        if (json instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        throw Unusable.type(name, "a NUMBER");
    }

    private static BigDecimal integer(String name, Object json, long min, long max)
            throws Unusable {
        BigDecimal number = number(name, json);
        boolean whole = number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
        if (!whole
                || number.compareTo(BigDecimal.valueOf(min)) < 0
                || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw Unusable.type(
                    name, "an INTEGER from %d to %d, not %s".formatted(min, max, number));
        }
        return number;
    }

    private static Instant instant(String name, Object json) throws Unusable {
        try {
            return OffsetDateTime.parse(text(name, json)).toInstant();
        } catch (DateTimeParseException notATime) {
            throw Unusable.type(
                    name, "a TIMESTAMP like 2026-09-24T03:02:58Z, not '%s'".formatted(json));
        }
    }

    private SdkBytes bytes(String name, Object json) throws Unusable {
        if (jsonMembers.contains(name)) {
            return SdkBytes.fromUtf8String(Json.of(json).text());
        }
        try {
            return dialect.bytes(text(name, json));
        } catch (IllegalArgumentException notBase64) {
            throw Unusable.type(name, "binary data in base64: " + notBase64.getMessage());
        }
    }

    private Object structure(String name, SdkField<?> field, Object json) throws Unusable {
        if (!(json instanceof Map<?, ?> members)) {
            throw Unusable.type(name, "an OBJECT");
        }
        SdkPojo builder = field.constructor().get();
        fillStructure(builder, members);
        return ((Buildable) builder).build();
    }

    private List<Object> list(String name, SdkField<?> field, Object json) throws Unusable {
        if (!(json instanceof List<?> elements)) {
            throw Unusable.type(name, "an ARRAY");
        }
        SdkField<?> element = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
        List<Object> list = new ArrayList<>(elements.size());
        for (Object each : elements) {
            if (each == null) {
                throw Unusable.type(name, "an ARRAY without null");
            }
            list.add(value(name, element, each));
        }
        return list;
    }

    private Map<String, Object> map(String name, SdkField<?> field, Object json) throws Unusable {
        if (!(json instanceof Map<?, ?> members)) {
            throw Unusable.type(name, "an OBJECT");
        }
        SdkField<?> content = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            String key = (String) member.getKey();
            if (member.getValue() == null) {
                throw Unusable.type(key, "other than null");
            }
            map.put(key, value(key, content, member.getValue()));
        }
        return map;
    }

    private static Document document(Object json) {
        return switch (json) {
            case null -> Document.fromNull();
            case String text -> Document.fromString(text);
            case Boolean truth -> Document.fromBoolean(truth);
            case BigInteger number -> Document.fromNumber(number);
            case Number number -> Document.fromNumber(new BigDecimal(number.toString()));
            case List<?> array ->
                Document.fromList(array.stream().map(RequestShape::document).toList());
            case Map<?, ?> object -> {
                Map<String, Document> members = new LinkedHashMap<>();
                object.forEach((name, value) -> members.put((String) name, document(value)));
                yield Document.fromMap(members);
            }
            default -> throw new IllegalStateException("not JSON: " + json.getClass());
        };
    }
}
