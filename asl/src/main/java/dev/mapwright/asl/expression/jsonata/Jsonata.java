package dev.mapwright.asl.expression.jsonata;

import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.json.Json;

/// Compiles JSONata strings (`{% … %}`) and templates of them. An expression reads `$states.input`,
/// `$states.result`, `$states.errorOutput`, `$states.context` and variables. What goes wrong at run
/// time is `States.QueryEvaluationError` with AWS's text and the field as its location.
public final class Jsonata {
    private Jsonata() {}

    /// Whether a text has the form `{% … %}`.
    public static boolean isExpression(String text) {
        throw new UnsupportedOperationException("sketch");
    }

    /// Compiles one `{% … %}` text.
    ///
    /// @param field the field it stands in, for errors: `Condition`, `Items`, `Output/result`
    public static Expression expression(String text, String field, Readable readable)
            throws ExpressionSyntaxException {
        throw new UnsupportedOperationException("sketch");
    }

    /// Compiles any JSON whose strings may be expressions, at every depth.
    public static Expression template(Json template, String field, Readable readable)
            throws ExpressionSyntaxException {
        throw new UnsupportedOperationException("sketch");
    }

    /// Which parts of `$states` a field may read besides `input` and `context`; reading another is
    /// refused when the definition is compiled.
    public record Readable(boolean result, boolean errorOutput) {
        public static final Readable INPUT = new Readable(false, false);
        public static final Readable RESULT = new Readable(true, false);
        public static final Readable ERROR_OUTPUT = new Readable(false, true);
    }
}
