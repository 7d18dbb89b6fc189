package dev.mapwright.server.cloudwatch;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A request of the Query protocol as the tree that JSON would have, with nothing but texts at its
/// leaves: `Dimensions.member.1.Name=Hour` is `{"Dimensions": [{"Name": "Hour"}]}`.
final class Form {
    /// 1,000 metrics with 150 values and counts each.
    private static final int FIELDS_MAX = 400_000;

    private static final int DEPTH_MAX = 16;
    private static final String LIST = "member";

    private Form() {}

    static Map<?, ?> parse(String form) throws Failed {
        var root = new LinkedHashMap<String, Object>();
        int fields = 0;
        for (String field : form.split("&")) {
            if (++fields > FIELDS_MAX) {
                throw malformed("it has more than %,d parameters".formatted(FIELDS_MAX));
            }
            if (!field.isEmpty()) {
                int equals = field.indexOf('=');
                String name = equals < 0 ? field : field.substring(0, equals);
                String value = equals < 0 ? "" : field.substring(equals + 1);
                put(root, decoded(name).split("\\."), decoded(value));
            }
        }
        return (Map<?, ?>) shaped(root);
    }

    private static String decoded(String text) throws Failed {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw malformed(notEncoded.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> root, String[] path, String value) throws Failed {
        if (path.length == 0 || path.length > DEPTH_MAX) {
            throw malformed("a parameter's name has no part or more than " + DEPTH_MAX);
        }
        Map<String, Object> node = root;
        for (int part = 0; part < path.length - 1; part++) {
            Object next = node.computeIfAbsent(path[part], _ -> new LinkedHashMap<>());
            if (!(next instanceof Map<?, ?>)) {
                throw malformed("%s is a value as well as an object".formatted(path[part]));
            }
            node = (Map<String, Object>) next;
        }
        node.put(path[path.length - 1], value);
    }

    private static Object shaped(Object node) throws Failed {
        if (!(node instanceof Map<?, ?> members)) {
            return node;
        }
        if (members.size() == 1 && members.get(LIST) instanceof Map<?, ?> elements) {
            return list(elements);
        }
        var object = new LinkedHashMap<String, Object>();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            object.put((String) member.getKey(), shaped(member.getValue()));
        }
        return object;
    }

    private static List<Object> list(Map<?, ?> elements) throws Failed {
        var inOrder = new TreeMap<Integer, Object>();
        for (Map.Entry<?, ?> element : elements.entrySet()) {
            String index = (String) element.getKey();
            if (!index.matches("\\d{1,6}")) {
                throw malformed("%s is no position in a list".formatted(index));
            }
            inOrder.put(Integer.parseInt(index), shaped(element.getValue()));
        }
        return List.copyOf(inOrder.values());
    }

    private static Failed malformed(String why) {
        return new Failed(Fault.MALFORMED, "The request is not a form: %s.".formatted(why));
    }
}
