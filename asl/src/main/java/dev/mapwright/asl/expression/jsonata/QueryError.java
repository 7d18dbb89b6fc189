package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.JException;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An expression went wrong while it was evaluated: the code and the message of the JSONata
/// reference implementation, or one of our bounds, which have no code with AWS either. Thrown
/// through the library, which loses other exceptions on the way (those inside an `and`).
final class QueryError extends JException {
    private static final long serialVersionUID = 1;
    private static final Pattern CODED = Pattern.compile("([A-Z]\\d{4}): (.*)", Pattern.DOTALL);

    private final String message;

    QueryError(String code, String message) {
        this(code + ": " + message);
    }

    QueryError(String message) {
        super("");
        this.message = message;
    }

    /// An error whose message stands in the library's catalogue and holds no values.
    static QueryError coded(String code) {
        return new QueryError(code, msg(code, -1, null, null));
    }

    static QueryError mismatch(String function, int argument) {
        return new QueryError(
                "T0410",
                "Argument %d of function \"%s\" does not match function signature"
                        .formatted(argument, function));
    }

    /// The code; empty for what the library has none for.
    String code() {
        Matcher code = CODED.matcher(message);
        return code.matches() ? code.group(1) : "";
    }

    /// The message alone.
    String text() {
        Matcher code = CODED.matcher(message);
        return code.matches() ? code.group(2) : message;
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
