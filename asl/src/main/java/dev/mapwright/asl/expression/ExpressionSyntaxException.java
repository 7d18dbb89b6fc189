package dev.mapwright.asl.expression;

/// A path, payload template, intrinsic call or JSONata string that cannot be compiled. The message
/// is what a diagnostic shows; `field` names the place below the field that was compiled
/// (`result/x`), or is empty.
public class ExpressionSyntaxException extends Exception {
    private final String field;

    public ExpressionSyntaxException(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
