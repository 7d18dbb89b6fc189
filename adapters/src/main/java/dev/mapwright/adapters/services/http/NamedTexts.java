package dev.mapwright.adapters.services.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Headers or query parameters as arguments give them: to each name one value or an array of them.
public final class NamedTexts {
    private NamedTexts() {}

    /// By name, whatever its capitals. A value that is null is one that is absent.
    public static SortedMap<String, List<String>> of(Map<?, ?> members) {
        var texts = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        members.forEach((name, value) -> {
            List<String> values = values(value);
            if (!values.isEmpty()) {
                texts.put((String) name, values);
            }
        });
        return texts;
    }

    private static List<String> values(Object value) {
        Stream<?> each =
                value instanceof List<?> elements ? elements.stream() : Stream.ofNullable(value);
        return each.filter(Objects::nonNull).map(String::valueOf).toList();
    }
}
