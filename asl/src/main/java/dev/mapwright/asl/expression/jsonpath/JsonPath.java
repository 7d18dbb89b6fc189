package dev.mapwright.asl.expression.jsonpath;

import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.json.Json;

/// Compiles JSONPath fields: paths, reference paths, intrinsic calls and payload templates. `$…`
/// reads `scope.input()`, `$$…` the context object, `$name…` a variable. What goes wrong at run
/// time is `States.Runtime` (or the intrinsic's own error) with AWS's text.
public final class JsonPath {
    private JsonPath() {}

    /// Any path, to one value or to several (then an array).
    public static Expression path(String text) throws ExpressionSyntaxException {
        throw new UnsupportedOperationException("sketch");
    }

    /// A path to at most one place: only `.name`, `['name']` and `[n]`.
    public static Expression referencePath(String text) throws ExpressionSyntaxException {
        throw new UnsupportedOperationException("sketch");
    }

    /// The value of a `….$` member: a path or an intrinsic call.
    public static Expression pathOrIntrinsic(String text) throws ExpressionSyntaxException {
        throw new UnsupportedOperationException("sketch");
    }

    /// A payload template: members ending in `.$` are evaluated, all others copied.
    public static Expression template(Json template) throws ExpressionSyntaxException {
        throw new UnsupportedOperationException("sketch");
    }

    /// Where a result goes inside the state's input.
    public static ResultPath resultPath(String text) throws ExpressionSyntaxException {
        throw new UnsupportedOperationException("sketch");
    }
}
