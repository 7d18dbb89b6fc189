package dev.mapwright.asl.expression.jsonpath;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonObject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A compiled payload template. Parts without anything to evaluate are shared by all results, and
/// so are the names of each object's members.
sealed interface Template {
    String COMPUTED_SUFFIX = ".$";

    Object fill(Scope scope) throws EvaluationFailed;

    record Literal(Object tree) implements Template {
        @Override
        public Object fill(Scope scope) {
            return tree;
        }
    }

    record Computed(Expression expression) implements Template {
        @Override
        public Object fill(Scope scope) throws EvaluationFailed {
            return expression.evaluate(scope).value();
        }
    }

    record Members(JsonObject.Shape shape, List<Template> parts) implements Template {
        @Override
        public Object fill(Scope scope) throws EvaluationFailed {
            return shape.object(fillAll(parts, scope));
        }
    }

    record Elements(List<Template> parts) implements Template {
        @Override
        public Object fill(Scope scope) throws EvaluationFailed {
            return Arrays.asList(fillAll(parts, scope));
        }
    }

    private static Object[] fillAll(List<Template> parts, Scope scope) throws EvaluationFailed {
        var values = new Object[parts.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts.get(i).fill(scope);
        }
        return values;
    }

    static Expression compile(Json template) throws ExpressionSyntaxException {
        return expression(parse(template.value(), ""));
    }

    /// The members of an object, each on its own, by their names without the suffix.
    static Map<String, Expression> compileMembers(Json template) throws ExpressionSyntaxException {
        if (!(template.value() instanceof Map<?, ?> members)) {
            throw new ExpressionSyntaxException(
                    "", "Value must be an object, but was: " + template);
        }
        var compiled = new LinkedHashMap<String, Expression>();
        for (var part : parseMembers(members, "").entrySet()) {
            compiled.put(part.getKey(), expression(part.getValue()));
        }
        return compiled;
    }

    private static Expression expression(Template template) {
        return switch (template) {
            case Literal(Object tree) -> Expression.constant(Json.of(tree));
            case Computed(Expression expression) -> expression;
            case Members members -> scope -> Json.of(members.fill(scope));
            case Elements elements -> scope -> Json.of(elements.fill(scope));
        };
    }

    private static Template parse(Object tree, String field) throws ExpressionSyntaxException {
        if (tree instanceof Map<?, ?> members) {
            var parts = parseMembers(members, field);
            return isLiteral(parts.values())
                    ? new Literal(tree)
                    : new Members(
                            JsonObject.Shape.of(List.copyOf(parts.keySet())),
                            List.copyOf(parts.values()));
        }
        if (tree instanceof List<?> elements) {
            var parts = new ArrayList<Template>(elements.size());
            for (int i = 0; i < elements.size(); i++) {
                parts.add(parse(elements.get(i), field + "[" + i + "]"));
            }
            return isLiteral(parts) ? new Literal(tree) : new Elements(List.copyOf(parts));
        }
        return new Literal(tree);
    }

    private static boolean isLiteral(Iterable<Template> parts) {
        for (Template part : parts) {
            if (!(part instanceof Literal)) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Template> parseMembers(Map<?, ?> members, String field)
            throws ExpressionSyntaxException {
        var parts = new LinkedHashMap<String, Template>();
        for (var member : members.entrySet()) {
            String written = (String) member.getKey();
            boolean computed = written.endsWith(COMPUTED_SUFFIX);
            String name = computed
                    ? written.substring(0, written.length() - COMPUTED_SUFFIX.length())
                    : written;
            Template part = computed
                    ? computed(written, member.getValue(), field)
                    : parse(member.getValue(), field.isEmpty() ? name : field + "/" + name);
            if (parts.put(name, part) != null) {
                throw new ExpressionSyntaxException(
                        field,
                        "The field '%1$s' is given twice: as '%1$s' and as '%1$s.$'"
                                .formatted(name));
            }
        }
        return parts;
    }

    private static Template computed(String written, Object value, String field)
            throws ExpressionSyntaxException {
        if (value instanceof String text) {
            try {
                return new Computed(JsonPath.member(written, text));
            } catch (ExpressionSyntaxException _) {
                throw refusal(written, field);
            }
        }
        throw refusal(written, field);
    }

    private static ExpressionSyntaxException refusal(String written, String field) {
        return new ExpressionSyntaxException(
                field,
                "The value for the field '%s' must be a valid JSONPath or a valid intrinsic function call"
                        .formatted(written));
    }
}
