package dev.mapwright.asl.parse;

import dev.mapwright.asl.expression.jsonata.Jsonata;
import dev.mapwright.asl.expression.jsonpath.JsonPath;
import dev.mapwright.asl.json.Json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The variables that one state's own fields mention; the states inside of it speak for themselves.
final class References {
    private static final Set<String> INNER = Set.of("ItemProcessor", "Iterator", "Branches");
    private static final Set<String> LITERAL = Set.of("Comment", "Result");
    private static final Set<String> TEMPLATES = Set.of(
            "Parameters", "ResultSelector", "ItemSelector", "BatchInput", "Assign", "Credentials");

    private References() {}

    static SortedSet<String> of(Node state, Language language) {
        var own = new LinkedHashMap<>(state.members());
        own.keySet().removeAll(INNER);
        own.keySet().removeAll(LITERAL);
        var names = new TreeSet<String>();
        switch (language) {
            case JsonataLanguage _ -> names.addAll(Jsonata.variablesIn(Json.of(own)));
            case JsonPathLanguage _ -> fields(own, names);
        }
        return names;
    }

    private static void fields(Map<?, ?> members, Set<String> names) {
        members.forEach((name, value) -> field((String) name, value, names));
    }

    private static void field(String name, Object value, Set<String> names) {
        switch (value) {
            case Object template when TEMPLATES.contains(name) -> template(template, names);
            case String path
            when name.endsWith("Path") || name.equals("Variable") ->
                names.addAll(JsonPath.variablesIn(path));
            case Map<?, ?> members -> fields(members, names);
            case List<?> elements -> elements.forEach(element -> field("", element, names));
            case null, default -> {}
        }
    }

    private static void template(Object template, Set<String> names) {
        switch (template) {
            case Map<?, ?> members ->
                members.forEach((name, value) -> {
                    if (value instanceof String text && ((String) name).endsWith(".$")) {
                        names.addAll(JsonPath.variablesIn(text));
                    } else {
                        template(value, names);
                    }
                });
            case List<?> elements -> elements.forEach(element -> template(element, names));
            case null, default -> {}
        }
    }
}
