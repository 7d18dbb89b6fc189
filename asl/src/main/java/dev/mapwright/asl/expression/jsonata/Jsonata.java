package dev.mapwright.asl.expression.jsonata;

import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.json.Json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compiles JSONata strings (`{% … %}`) and templates of them. An expression reads `$states.input`,
/// `$states.result`, `$states.errorOutput`, `$states.context` and variables. What goes wrong at run
/// time is `States.QueryEvaluationError` with AWS's text and the field as its location.
public final class Jsonata {
    private static final String OPENING = "{%";
    private static final String CLOSING = "%}";

    /// What every field may read of `$states`.
    private static final Set<String> READABLE = Set.of("input", "context");

    private Jsonata() {}

    /// Whether a text has the form `{% … %}`.
    public static boolean isExpression(String text) {
        return text.length() >= OPENING.length() + CLOSING.length()
                && text.startsWith(OPENING)
                && text.endsWith(CLOSING);
    }

    /// Compiles one `{% … %}` text.
    ///
    /// @param field the field it stands in, for errors: `Condition`, `Items`, `Output/result`
    public static Expression expression(String text, String field, Readable readable)
            throws ExpressionSyntaxException {
        return expression(text, field, readable, Expected.ANY);
    }

    /// Compiles one `{% … %}` text whose result must be of a certain kind; another one fails the
    /// evaluation.
    public static Expression expression(
            String text, String field, Readable readable, Expected expected)
            throws ExpressionSyntaxException {
        String query = query(text);
        try {
            Program program = Program.compile(query);
            checkReadable(program.source(), readable);
            return new Field(query, field, expected, SimplePath.of(program.source()), program);
        } catch (QueryError e) {
            // AWS leaves the codes of syntax errors out.
            throw new ExpressionSyntaxException("", e.text());
        }
    }

    /// Compiles any JSON whose strings may be expressions, at every depth.
    public static Expression template(Json template, String field, Readable readable)
            throws ExpressionSyntaxException {
        return switch (part(template.value(), field, readable)) {
            case Template.Literal _ -> Expression.constant(template);
            case Template.Computed(Expression expression) -> expression;
            case Template.Composed composed -> scope -> Json.of(composed.value(scope));
        };
    }

    /// Names of the workflow variables that a template's expressions mention, in order of
    /// appearance: not those that an expression gives a value itself, and no function of the
    /// language.
    public static Set<String> variablesIn(Json template) {
        var names = new LinkedHashSet<String>();
        collectVariables(template.value(), names);
        return names;
    }

    /// Which parts of `$states` a field may read besides `input` and `context`; reading another is
    /// refused when the definition is compiled.
    public record Readable(boolean result, boolean errorOutput) {
        public static final Readable INPUT = new Readable(false, false);
        public static final Readable RESULT = new Readable(true, false);
        public static final Readable ERROR_OUTPUT = new Readable(false, true);
    }

    private static String query(String text) {
        if (!isExpression(text)) {
            throw new IllegalArgumentException("Not of the form {% … %}: " + text);
        }
        return text.substring(OPENING.length(), text.length() - CLOSING.length())
                .strip();
    }

    private static void checkReadable(Source source, Readable readable)
            throws UnsupportedExpression {
        for (String member : source.readOfStates()) {
            boolean offered =
                    switch (member) {
                        case "result" -> readable.result();
                        case "errorOutput" -> readable.errorOutput();
                        default -> READABLE.contains(member);
                    };
            if (!offered) {
                throw new UnsupportedExpression(
                        "Field '$states.%s' does not exist.".formatted(member));
            }
        }
        Optional<String> name = TopLevel.names(source).stream().findFirst();
        if (name.isPresent()) {
            throw new UnsupportedExpression(
                    "Reference to '%s' at the top level is not supported.".formatted(name.get()));
        }
    }

    private static Template part(Object value, String field, Readable readable)
            throws ExpressionSyntaxException {
        return switch (value) {
            case String text
            when isExpression(text) -> new Template.Computed(expression(text, field, readable));
            case Map<?, ?> map -> object(map, field, readable);
            case List<?> list -> array(list, field, readable);
            case null -> new Template.Literal(Json.NULL);
            default -> new Template.Literal(Json.of(value));
        };
    }

    /// A part of a field: what is wrong with it stands below the field.
    private static Template part(Object value, String field, String below, Readable readable)
            throws ExpressionSyntaxException {
        try {
            return part(value, field + below, readable);
        } catch (UnsupportedExpression problem) {
            throw new UnsupportedExpression(below + problem.field(), problem.getMessage());
        } catch (ExpressionSyntaxException problem) {
            throw new ExpressionSyntaxException(below + problem.field(), problem.getMessage());
        }
    }

    private static Template object(Map<?, ?> map, String field, Readable readable)
            throws ExpressionSyntaxException {
        var members = new LinkedHashMap<String, Template>();
        for (var member : map.entrySet()) {
            String name = (String) member.getKey();
            members.put(name, part(member.getValue(), field, "/" + name, readable));
        }
        return members.values().stream().allMatch(Template::isLiteral)
                ? new Template.Literal(Json.of(map))
                : new Template.Composed.Members(members);
    }

    private static Template array(List<?> list, String field, Readable readable)
            throws ExpressionSyntaxException {
        var elements = new ArrayList<Template>();
        for (Object element : list) {
            elements.add(part(element, field, "[" + elements.size() + "]", readable));
        }
        return elements.stream().allMatch(Template::isLiteral)
                ? new Template.Literal(Json.of(list))
                : new Template.Composed.Elements(elements);
    }

    private static void collectVariables(Object value, Set<String> names) {
        switch (value) {
            case String text
            when isExpression(text) -> names.addAll(workflowVariables(query(text)));
            case Map<?, ?> map -> map.values().forEach(member -> collectVariables(member, names));
            case List<?> list -> list.forEach(element -> collectVariables(element, names));
            case null, default -> {}
        }
    }

    private static Set<String> workflowVariables(String query) {
        try {
            var source = new Source(query);
            var names = new LinkedHashSet<>(source.mentioned());
            names.removeAll(source.bound());
            names.removeAll(Program.FUNCTION_NAMES);
            names.remove("states");
            return names;
        } catch (RuntimeException e) {
            return Set.of();
        }
    }
}
