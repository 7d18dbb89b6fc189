package dev.mapwright.adapters.services.dynamodb;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The differences between DynamoDB's own JSON and what an SDK integration takes and gives:
/// binaries are text instead of base64, times are ISO-8601 instead of seconds.
///
/// A member `B` that holds a string, or `BS` that holds strings, can only be an attribute value:
/// where names are free, values are objects.
final class SdkShapes {
    private SdkShapes() {}

    static Map<String, Object> request(Map<String, Object> arguments) {
        return object(arguments, SdkShapes::encode);
    }

    static Map<String, Object> response(Map<String, Object> response) {
        return object(response, SdkShapes::decode);
    }

    private static Map<String, Object> object(Map<?, ?> tree, UnaryOperator<String> binary) {
        Map<String, Object> shaped = LinkedHashMap.newLinkedHashMap(tree.size());
        tree.forEach(
                (name, value) -> shaped.put((String) name, member((String) name, value, binary)));
        return shaped;
    }

    private static Object member(String name, Object value, UnaryOperator<String> binary) {
        return switch (value) {
            case String text when name.equals("B") -> binary.apply(text);
            case List<?> texts
            when name.equals("BS") ->
                texts.stream()
                        .map(each -> each instanceof String text ? binary.apply(text) : each)
                        .toList();
            case Double seconds when name.endsWith("DateTime") -> iso(seconds);
            case null -> value;
            case Object other -> tree(other, binary);
        };
    }

    private static Object tree(Object value, UnaryOperator<String> binary) {
        return switch (value) {
            case Map<?, ?> object -> object(object, binary);
            case List<?> array -> array.stream().map(each -> tree(each, binary)).toList();
            case Object scalar -> scalar;
        };
    }

    private static String iso(double seconds) {
        return Instant.ofEpochMilli(Math.round(seconds * 1000)).toString();
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
