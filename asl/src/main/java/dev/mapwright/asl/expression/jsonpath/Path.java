package dev.mapwright.asl.expression.jsonpath;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;

import java.util.Optional;
import java.util.regex.Pattern;

/// A compiled path. As an [Expression] it complains in the words that AWS uses for path fields.
final class Path implements Expression, Lookup {
    /// States Language: Unicode identifiers of at most 80 characters.
    private static final Pattern VARIABLE = Pattern.compile(
            "\\$(\\p{javaUnicodeIdentifierStart}\\p{javaUnicodeIdentifierPart}{0,79})");

    private final String text;
    private final Root root;
    private final Way way;

    private Path(String text, Root root, Way way) {
        this.text = text;
        this.root = root;
        this.way = way;
    }

    /// Empty if the text is no path.
    static Optional<Path> parse(String text) {
        if (text.startsWith("$$")) {
            return way(text.substring(2)).map(way -> new Path(text, new Root.Context(), way));
        }
        var variable = VARIABLE.matcher(text);
        if (variable.lookingAt()) {
            var root = new Root.Variable(variable.group(1));
            return way(text.substring(variable.end())).map(way -> new Path(text, root, way));
        }
        if (text.startsWith("$")) {
            return way(text.substring(1)).map(way -> new Path(text, new Root.Input(), way));
        }
        return Optional.empty();
    }

    private static Optional<Way> way(String text) {
        Optional<Way> reference = ReferenceWay.parse(text).map(way -> way);
        return reference.or(() -> SearchWay.parse(text));
    }

    String text() {
        return text;
    }

    Root root() {
        return root;
    }

    Way way() {
        return way;
    }

    @Override
    public Json evaluate(Scope scope) throws EvaluationFailed {
        return evaluate(scope, (_, why) -> "Invalid path '%s' : %s".formatted(shown(), why));
    }

    /// AWS shows `$$.Execution.Input` as `$.Execution.Input` where a path is a field's whole value.
    private String shown() {
        return root instanceof Root.Context ? text.substring(1) : text;
    }

    Json evaluate(Scope scope, Complaint complaint) throws EvaluationFailed {
        Json from = root.read(scope);
        if (way.isEmpty()) {
            return from;
        }
        Object found = way.walk(from.value());
        if (found == Way.NOTHING) {
            throw EvaluationFailed.runtime(complaint.word(from, way.explain(from.value())));
        }
        return Json.of(found);
    }

    @Override
    public Optional<Json> find(Scope scope) throws EvaluationFailed {
        Json from = root.read(scope);
        if (way.isEmpty()) {
            return Optional.of(from);
        }
        Object found = way.walk(from.value());
        return found == Way.NOTHING ? Optional.empty() : Optional.of(Json.of(found));
    }

    /// How a place words that a path selects nothing.
    @FunctionalInterface
    interface Complaint {
        /// @param from what the path was to be looked up in
        /// @param why the JSONPath library's own reason
        String word(Json from, String why);
    }
}
