package dev.mapwright.engine.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `Parameters` or `Arguments` as far as a definition fixes them: a plain JSON tree that has
/// [Part#COMPUTED] wherever only a run can tell.
public record Outline(Object tree) {
    private static final String PATH_SUFFIX = ".$";
    private static final String JSONATA_START = "{%";
    private static final String JSONATA_END = "%}";

    public enum Part {
        COMPUTED
    }

    /// Members whose names end in `.$` are computed.
    public static Outline ofParameters(Object parameters) {
        return new Outline(outline(parameters, Language.JSON_PATH));
    }

    /// Texts between `{%` and `%}` are computed.
    public static Outline ofArguments(Object arguments) {
        return new Outline(outline(arguments, Language.JSONATA));
    }

    private enum Language {
        JSON_PATH,
        JSONATA
    }

    private static Object outline(Object tree, Language language) {
        return switch (tree) {
            case Map<?, ?> members -> object(members, language);
            case List<?> elements -> {
                var array = new ArrayList<Object>(elements.size());
                elements.forEach(element -> array.add(outline(element, language)));
                yield array;
            }
            case String text
            when language == Language.JSONATA && isExpression(text) -> Part.COMPUTED;
            case null, default -> tree;
        };
    }

    private static boolean isExpression(String text) {
        return text.startsWith(JSONATA_START) && text.endsWith(JSONATA_END);
    }

    private static Map<String, Object> object(Map<?, ?> members, Language language) {
        var object = LinkedHashMap.<String, Object>newLinkedHashMap(members.size());
        members.forEach((key, value) -> {
            String name = (String) key;
            if (language == Language.JSON_PATH && name.endsWith(PATH_SUFFIX)) {
                object.put(name.substring(0, name.length() - PATH_SUFFIX.length()), Part.COMPUTED);
            } else {
                object.put(name, outline(value, language));
            }
        });
        return object;
    }
}
