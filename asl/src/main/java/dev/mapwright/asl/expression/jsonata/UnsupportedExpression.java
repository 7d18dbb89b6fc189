package dev.mapwright.asl.expression.jsonata;

import dev.mapwright.asl.expression.ExpressionSyntaxException;

/// An expression that is JSONata, but reads what a state machine does not offer at its place.
public final class UnsupportedExpression extends ExpressionSyntaxException {
    private static final long serialVersionUID = 1;

    UnsupportedExpression(String message) {
        this("", message);
    }

    UnsupportedExpression(String field, String message) {
        super(field, message);
    }
}
