package dev.mapwright.asl.expression.jsonpath;

import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.expression.intrinsic.Intrinsics;
import dev.mapwright.asl.json.Json;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Compiles JSONPath fields: paths, reference paths, intrinsic calls and payload templates. `$…`
/// reads `scope.input()`, `$$…` the context object, `$name…` a variable. What goes wrong at run
/// time is `States.Runtime` (or the intrinsic's own error) with AWS's text.
public final class JsonPath {
    private static final String NOT_A_PATH = "Value is not a valid JSONPath";
    private static final String NOT_A_REFERENCE_PATH = "Value is not a Reference Path";

    private JsonPath() {}

    /// Any path, to one value or to several (then an array).
    public static Expression path(String text) throws ExpressionSyntaxException {
        return parse(text);
    }

    /// A path to at most one place: only `.name`, `['name']` and `[n]`.
    public static Expression referencePath(String text) throws ExpressionSyntaxException {
        return parseReference(text);
    }

    /// Like [#path], for those who ask whether there is anything.
    public static Lookup lookup(String text) throws ExpressionSyntaxException {
        return parse(text);
    }

    /// The value of a `….$` member: a path or an intrinsic call.
    public static Expression pathOrIntrinsic(String text) throws ExpressionSyntaxException {
        return Intrinsics.isCall(text) ? call(text) : parse(text);
    }

    /// A payload template: members ending in `.$` are evaluated, all others copied.
    public static Expression template(Json template) throws ExpressionSyntaxException {
        return Template.compile(template);
    }

    /// A payload template's members one by one, by name without `.$`: the variables of an `Assign`.
    public static Map<String, Expression> templateMembers(Json template)
            throws ExpressionSyntaxException {
        return Template.compileMembers(template);
    }

    /// Where a result goes inside the state's input.
    public static ResultPath resultPath(String text) throws ExpressionSyntaxException {
        Path path = parseReference(text);
        if (!(path.root() instanceof Root.Input) || !(path.way() instanceof ReferenceWay way)) {
            throw new ExpressionSyntaxException("", NOT_A_REFERENCE_PATH);
        }
        return way.isEmpty() ? ResultPath.REPLACE : new Placement(text, way.steps());
    }

    /// The names of the variables that a path or an intrinsic call reads, in order of appearance;
    /// none for a text that is neither.
    public static Set<String> variablesIn(String text) {
        var names = new LinkedHashSet<String>();
        try {
            if (Intrinsics.isCall(text)) {
                Intrinsics.compile(text, path -> {
                    Path argument = parse(path);
                    addVariable(argument, names);
                    return argument;
                });
            } else {
                addVariable(parse(text), names);
            }
        } catch (ExpressionSyntaxException _) {
            return Set.of();
        }
        return names;
    }

    private static void addVariable(Path path, Set<String> names) {
        if (path.root() instanceof Root.Variable(String name)) {
            names.add(name);
        }
    }

    /// The value of the payload template's member `field`, which is named when the path leads
    /// nowhere.
    static Expression member(String field, String text) throws ExpressionSyntaxException {
        if (Intrinsics.isCall(text)) {
            return call(text);
        }
        Path path = parse(text);
        Path.Complaint complaint = (from, _) ->
                "The JSONPath '%s' specified for the field '%s' could not be found in the input '%s'"
                        .formatted(text, field, compact(from));
        return scope -> path.evaluate(scope, complaint);
    }

    private static Expression call(String text) throws ExpressionSyntaxException {
        return Intrinsics.compile(text, JsonPath::argument);
    }

    private static Expression argument(String text) throws ExpressionSyntaxException {
        Path path = parse(text);
        Path.Complaint complaint = (from, _) ->
                "The JsonPath argument for the field '%s' could not be found in the input '%s'"
                        .formatted(text, compact(from));
        return scope -> path.evaluate(scope, complaint);
    }

    private static Json compact(Json value) {
        return Json.of(value.value());
    }

    private static Path parse(String text) throws ExpressionSyntaxException {
        return Path.parse(text).orElseThrow(() -> new ExpressionSyntaxException("", NOT_A_PATH));
    }

    private static Path parseReference(String text) throws ExpressionSyntaxException {
        Path path = Path.parse(text)
                .orElseThrow(() -> new ExpressionSyntaxException("", NOT_A_REFERENCE_PATH));
        if (path.way() instanceof SearchWay) {
            throw new ExpressionSyntaxException("", NOT_A_REFERENCE_PATH);
        }
        return path;
    }
}
