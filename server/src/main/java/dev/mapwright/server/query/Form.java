package dev.mapwright.server.query;

import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.server.http.Request;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A request of the Query protocol: an action, and its parameters as the tree that JSON would have.
///
/// `Attributes.entry.1.key=A&Attributes.entry.1.value=B` is `{"Attributes": {"A": "B"}}`,
/// `TagKeys.member.1=A` is `{"TagKeys": ["A"]}`. All values are texts.
public record Form(String action, Map<String, Object> members) {
    /// More than ten messages of the largest size, percent-encoded, take.
    private static final int BODY_BYTES_MAX = 8 * 1024 * 1024;

    private static final int FIELDS_MAX = 2_000;
    private static final int DEPTH_MAX = 16;
    private static final List<String> WRAPPERS = List.of("entry", "member");

    /// What a service means by a list of names and values.
    public enum Pairs {
        /// A map, as its attributes and tags are.
        MAP,
        /// What it says: a list of objects.
        LIST
    }

    /// Reads the query of a GET, or the body of a POST, of a service that has maps.
    ///
    /// @throws RefusedRequest where it is no such request
    public static Form of(Request request) throws IOException {
        byte[] body = request.body().readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            throw new RefusedRequest(
                    "RequestEntityTooLarge",
                    "The request is larger than %,d bytes.".formatted(BODY_BYTES_MAX));
        }
        String form = request.method().equals("GET")
                ? request.rawQuery()
                : new String(body, StandardCharsets.UTF_8);
        return parse(form, FIELDS_MAX, Pairs.MAP);
    }

    /// @throws RefusedRequest where it is no such request
    public static Form parse(String form, int fieldsMax, Pairs pairs) {
        Map<String, Object> root = tree(form, fieldsMax);
        root.remove("Version");
        String action = Optional.ofNullable(root.remove("Action"))
                .map(Object::toString)
                .orElseThrow(() -> new RefusedRequest(
                        "MissingAction", "The request must contain the parameter Action."));
        var members = new LinkedHashMap<String, Object>();
        root.forEach((name, value) -> members.put(name, shaped(value, pairs)));
        return new Form(action, members);
    }

    private static Map<String, Object> tree(String form, int fieldsMax) {
        var root = new LinkedHashMap<String, Object>();
        String[] fields = form.isEmpty() ? new String[0] : form.split("&");
        if (fields.length > fieldsMax) {
            throw new RefusedRequest(
                    "MalformedQueryString",
                    "The request has more than %,d parameters.".formatted(fieldsMax));
        }
        for (String field : fields) {
            int equals = field.indexOf('=');
            String name = decoded(equals < 0 ? field : field.substring(0, equals));
            String value = equals < 0 ? "" : decoded(field.substring(equals + 1));
            put(root, name.split("\\."), value);
        }
        return root;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new RefusedRequest(
                    "MalformedQueryString", "The request is not a form: " + malformed.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> root, String[] path, String value) {
        if (path.length == 0 || path.length > DEPTH_MAX) {
            throw new RefusedRequest(
                    "MalformedQueryString",
                    "A parameter's name has more than %d parts.".formatted(DEPTH_MAX));
        }
        Map<String, Object> node = root;
        for (int i = 0; i < path.length - 1; i++) {
            Object next = node.computeIfAbsent(path[i], _ -> new LinkedHashMap<>());
            if (!(next instanceof Map<?, ?>)) {
                throw new RefusedRequest(
                        "MalformedQueryString",
                        "The parameter %s is both a value and a structure.".formatted(path[i]));
            }
            node = (Map<String, Object>) next;
        }
        node.put(path[path.length - 1], value);
    }

    private static Object shaped(Object node, Pairs pairs) {
        if (!(node instanceof Map<?, ?> members)) {
            return node;
        }
        if (members.size() == 1 && WRAPPERS.contains(members.keySet().iterator().next())) {
            return shaped(members.values().iterator().next(), pairs);
        }
        boolean isList =
                members.keySet().stream().allMatch(key -> ((String) key).matches("\\d{1,6}"));
        return isList ? list(members, pairs) : object(members, pairs);
    }

    private static Object list(Map<?, ?> members, Pairs pairs) {
        var inOrder = new TreeMap<Integer, Object>();
        members.forEach((index, value) ->
                inOrder.put(Integer.parseInt((String) index), shaped(value, pairs)));
        List<Object> list = new ArrayList<>(inOrder.values());
        return switch (pairs) {
            case LIST -> list;
            case MAP ->
                map(list, "key", "value")
                        .or(() -> map(list, "Name", "Value"))
                        .<Object>map(map -> map)
                        .orElse(list);
        };
    }

    private static Map<String, Object> object(Map<?, ?> members, Pairs pairs) {
        var object = new LinkedHashMap<String, Object>();
        members.forEach((name, value) -> object.put((String) name, shaped(value, pairs)));
        return object;
    }

    /// A map, if it is one written as a list of names and values.
    private static Optional<Map<String, Object>> map(
            List<Object> list, String nameMember, String valueMember) {
        var map = new LinkedHashMap<String, Object>();
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> pair)
                    || !(pair.get(nameMember) instanceof String name)
                    || !pair.containsKey(valueMember)) {
                return Optional.empty();
            }
            map.put(name, pair.get(valueMember));
        }
        return Optional.of(map);
    }
}
