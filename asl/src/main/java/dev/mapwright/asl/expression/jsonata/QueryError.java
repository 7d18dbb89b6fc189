package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.JException;

/// An expression went wrong while it was evaluated: the code and the message of the JSONata
/// reference implementation, or one of our bounds (`U1001`). Thrown through the library, which
/// loses other exceptions on the way (those inside an `and`).
final class QueryError extends JException {
    private static final long serialVersionUID = 1;

    private final String message;

    QueryError(String code, String message) {
        this(code + ": " + message);
    }

    QueryError(String message) {
        super("");
        this.message = message;
    }

    static QueryError mismatch(String function, int argument) {
        return new QueryError(
                "T0410",
                "Argument %d of function \"%s\" does not match function signature"
                        .formatted(argument, function));
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
