package dev.mapwright.adapters.patterns;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A compiled pattern. An object matches when all of the pattern's fields do; a field matches when
/// one of its conditions holds for its value, or for one element of a value that is a list.
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
///
/// @param alternatives of `$or`: one of them has to match too, if there are any
public record Pattern(Map<String, Field> fields, List<Pattern> alternatives) {
    private static final int DEPTH_MAX = 50;

    /// What a pattern says of one member.
    public sealed interface Field {
        /// The member is an object, or a list with one, that matches.
        record Nested(Pattern pattern) implements Field {}

        /// One of these holds.
        record Conditions(List<Condition> conditions) implements Field {}
    }

    /// Of a member's value, or of its being there.
    public sealed interface Condition {
        record OnValue(Matcher matcher) implements Condition {}

        record Present() implements Condition {}

        record Absent() implements Condition {}
    }

    public static Pattern parse(String text) throws InvalidPattern {
        try {
            return of(Json.parse(text).value(), "the pattern", 0);
        } catch (JsonSyntaxException notJson) {
            throw new InvalidPattern("It is not JSON: " + notJson.getMessage());
        }
    }

    private static Pattern of(Object tree, String place, int depth) throws InvalidPattern {
        if (!(tree instanceof Map<?, ?> members) || members.isEmpty()) {
            throw new InvalidPattern("Expected an object with members at " + place);
        }
        if (depth > DEPTH_MAX) {
            throw new InvalidPattern("It has more than %d levels".formatted(DEPTH_MAX));
        }
        var fields = new LinkedHashMap<String, Field>();
        List<Pattern> alternatives = new ArrayList<>();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            String name = (String) member.getKey();
            if (name.equals("$or") && member.getValue() instanceof List<?> list) {
                for (Object each : list) {
                    alternatives.add(of(each, "$or", depth + 1));
                }
            } else {
                fields.put(name, field(name, member.getValue(), depth));
            }
        }
        return new Pattern(Map.copyOf(fields), List.copyOf(alternatives));
    }

    private static Field field(String name, Object value, int depth) throws InvalidPattern {
        return switch (value) {
            case List<?> list
            when !list.isEmpty() -> {
                List<Condition> conditions = new ArrayList<>();
                for (Object each : list) {
                    conditions.add(Conditions.of(name, each));
                }
                yield new Field.Conditions(List.copyOf(conditions));
            }
            case Map<?, ?> object -> new Field.Nested(of(object, name, depth + 1));
            case null, default ->
                throw new InvalidPattern(
                        "\"%s\" must be an object or an array of conditions".formatted(name));
        };
    }

    /// Whether `tree`, a plain JSON tree, matches.
    public boolean matches(Object tree) {
        return switch (tree) {
            case List<?> elements -> elements.stream().anyMatch(this::matches);
            case Map<?, ?> object -> matchesObject(object);
            case null, default -> false;
        };
    }

    private boolean matchesObject(Map<?, ?> object) {
        boolean all = fields.entrySet().stream()
                .allMatch(field -> matches(field.getValue(), field.getKey(), object));
        return all
                && (alternatives.isEmpty()
                        || alternatives.stream().anyMatch(each -> each.matchesObject(object)));
    }

    private static boolean matches(Field field, String name, Map<?, ?> object) {
        return switch (field) {
            // What isn't there is like an object without members: its members can be wanted absent.
            case Field.Nested(Pattern nested) ->
                nested.matches(object.containsKey(name) ? object.get(name) : Map.of());
            case Field.Conditions(List<Condition> conditions) ->
                conditions.stream().anyMatch(condition -> holds(condition, name, object));
        };
    }

    private static boolean holds(Condition condition, String name, Map<?, ?> object) {
        return switch (condition) {
            case Condition.Present() -> object.containsKey(name);
            case Condition.Absent() -> !object.containsKey(name);
            case Condition.OnValue(Matcher matcher) ->
                object.containsKey(name) && holds(matcher, object.get(name));
        };
    }

    private static boolean holds(Matcher matcher, Object value) {
        return switch (value) {
            case List<?> elements -> elements.stream().anyMatch(each -> holds(matcher, each));
            case Map<?, ?> _ -> false;
            case null, default -> matcher.matches(value);
        };
    }
}
