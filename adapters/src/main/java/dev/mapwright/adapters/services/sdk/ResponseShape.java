package dev.mapwright.adapters.services.sdk;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkNumber;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Makes JSON of the SDK's responses. What the service left out is left out; lists and maps that it
/// gave empty stay.
///
/// @param jsonMembers binary members that are shown as the JSON that they hold
record ResponseShape(Shapes shapes, Dialect dialect, Set<String> jsonMembers) {
    /// A structure's members, sorted by name as AWS shows them.
    Map<String, Object> members(SdkPojo pojo) {
        Map<String, Object> members = new TreeMap<>();
        for (Shape.Member member : shapes.of(pojo).members()) {
            Object value = member.field().getValueOrDefault(pojo);
            if (isPresent(value)) {
                String name = dialect.name(member);
                members.put(name, jsonMembers.contains(name) ? held(value) : json(value));
            }
        }
        return members;
    }

    /// The JSON that a binary member holds; its text where that is none.
    private static Object held(Object value) {
        if (!(value instanceof SdkBytes bytes)) {
            throw new IllegalStateException("expected binary data, found " + value.getClass());
        }
        try {
            return Json.parse(bytes.asUtf8String()).value();
        } catch (JsonSyntaxException notJson) {
            return bytes.asUtf8String();
        }
    }

    private static boolean isPresent(Object value) {
        return value != null
                && !(value instanceof SdkAutoConstructList)
                && !(value instanceof SdkAutoConstructMap);
    }

    private Object json(Object value) {
        return switch (value) {
            case SdkPojo structure -> members(structure);
            case List<?> elements -> {
                List<Object> array = new ArrayList<>(elements.size());
                elements.forEach(each -> array.add(json(each)));
                yield array;
            }
            case Map<?, ?> map -> {
                Map<String, Object> object = new LinkedHashMap<>();
                map.forEach((name, each) -> object.put((String) name, json(each)));
                yield object;
            }
            case SdkBytes bytes -> dialect.text(bytes);
            case Instant time -> dialect.time(time);
            case Document document -> document(document);
            case Number number -> number(number);
            case String text -> text;
            case Boolean truth -> truth;
            case null -> null;
            default -> value.toString();
        };
    }

    private static Object number(Number number) {
        return switch (number) {
            case Integer whole -> whole;
            case Long whole -> whole;
            case Short whole -> whole.intValue();
            case Byte whole -> whole.intValue();
            default -> new BigDecimal(number.toString());
        };
    }

    private static Object document(Document document) {
        if (document.isMap()) {
            Map<String, Object> object = new LinkedHashMap<>();
            document.asMap().forEach((name, each) -> object.put(name, document(each)));
            return object;
        }
        if (document.isList()) {
            List<Object> array = new ArrayList<>();
            document.asList().forEach(each -> array.add(document(each)));
            return array;
        }
        if (document.isNumber()) {
            SdkNumber number = document.asNumber();
            return number.bigDecimalValue();
        }
        return document.isNull() ? null : document.unwrap();
    }
}
