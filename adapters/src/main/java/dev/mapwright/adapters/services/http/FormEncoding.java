package dev.mapwright.adapters.services.http;

import dev.mapwright.asl.json.Json;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// JSON as `application/x-www-form-urlencoded`.
/// https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#http-task-url-encoding
enum FormEncoding {
    INDICES {
        @Override
        String element(String name, int index) {
            return name + "[" + index + "]";
        }
    },
    REPEAT {
        @Override
        String element(String name, int index) {
            return name;
        }
    },
    BRACKETS {
        @Override
        String element(String name, int index) {
            return name + "[]";
        }
    },
    COMMAS {
        @Override
        String element(String name, int index) {
            return name;
        }
    };

    abstract String element(String name, int index);

    String encode(Map<?, ?> members) {
        List<String> pairs = new ArrayList<>();
        members.forEach((name, value) -> add(pairs, (String) name, value));
        return String.join("&", pairs);
    }

    private void add(List<String> pairs, String name, Object value) {
        switch (value) {
            case Map<?, ?> members ->
                members.forEach((key, each) -> add(pairs, name + "[" + key + "]", each));
            case List<?> elements
            when this == COMMAS ->
                pairs.add(pair(
                        name,
                        elements.stream()
                                .map(FormEncoding::text)
                                .collect(Collectors.joining(","))));
            case List<?> elements -> {
                for (int i = 0; i < elements.size(); i++) {
                    add(pairs, element(name, i), elements.get(i));
                }
            }
            case null -> pairs.add(pair(name, ""));
            case Object scalar -> pairs.add(pair(name, scalar.toString()));
        }
    }

    /// Of what stands between commas: there is no name for what it holds, so that it is JSON.
    private static String text(Object element) {
        return switch (element) {
            case null -> "";
            case Map<?, ?> members -> Json.of(members).text();
            case List<?> elements -> Json.of(elements).text();
            case Object scalar -> scalar.toString();
        };
    }

    private static String pair(String name, String value) {
        return encoded(name) + "=" + encoded(value);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
