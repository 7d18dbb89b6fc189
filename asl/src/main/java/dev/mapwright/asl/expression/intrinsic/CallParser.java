package dev.mapwright.asl.expression.intrinsic;

import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.util.ArrayList;
import java.util.List;

/// Reads a call and the calls, paths and literals inside it.
final class CallParser {
    /// https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
    private static final int NESTED_CALLS_MAX = 10;

    private static final String PREFIX = "States.";
    private static final String ESCAPABLE = "'{}\\";

    private final String text;
    private final Intrinsics.Paths paths;
    private int next;

    CallParser(String text, Intrinsics.Paths paths) {
        this.text = text;
        this.paths = paths;
    }

    Argument.Call parse() throws ExpressionSyntaxException {
        skipSpaces();
        Argument.Call call = call(1);
        skipSpaces();
        if (next < text.length()) {
            throw refusal("nothing may follow the call");
        }
        return call;
    }

    private Argument.Call call(int depth) throws ExpressionSyntaxException {
        if (depth > NESTED_CALLS_MAX) {
            throw refusal("calls may be nested at most %d levels deep".formatted(NESTED_CALLS_MAX));
        }
        int start = next;
        next += PREFIX.length();
        while (next < text.length() && Character.isLetterOrDigit(text.charAt(next))) {
            next++;
        }
        String name = text.substring(start + PREFIX.length(), next);
        Function function = Function.find(name)
                .orElseThrow(() -> refusal("there is no function States.%s".formatted(name)));
        List<Argument> arguments = arguments(depth);
        if (!function.takes(arguments.size())) {
            throw refusal("States.%s takes %s, not %d"
                    .formatted(name, function.arguments(), arguments.size()));
        }
        // Only a quoted format tells an escaped brace from a placeholder.
        if (function == Function.FORMAT && arguments.get(0) instanceof Argument.Text quoted) {
            arguments.set(0, new Argument.Literal(FormatTemplate.parse(quoted)));
        }
        return new Argument.Call(function, List.copyOf(arguments));
    }

    private List<Argument> arguments(int depth) throws ExpressionSyntaxException {
        skipSpaces();
        expect('(');
        skipSpaces();
        var arguments = new ArrayList<Argument>();
        if (at(')')) {
            next++;
            return arguments;
        }
        while (true) {
            skipSpaces();
            arguments.add(argument(depth));
            skipSpaces();
            if (at(')')) {
                next++;
                return arguments;
            }
            expect(',');
        }
    }

    private Argument argument(int depth) throws ExpressionSyntaxException {
        if (text.startsWith(PREFIX, next)) {
            return call(depth + 1);
        }
        if (at('\'')) {
            return quoted();
        }
        if (at('$')) {
            return new Argument.Path(paths.compile(path()));
        }
        return literal();
    }

    private Argument.Text quoted() throws ExpressionSyntaxException {
        int start = ++next;
        var value = new StringBuilder();
        while (next < text.length()) {
            char c = text.charAt(next++);
            if (c == '\'') {
                return new Argument.Text(text.substring(start, next - 1), value.toString());
            }
            if (c == '\\') {
                if (next == text.length() || ESCAPABLE.indexOf(text.charAt(next)) < 0) {
                    throw refusal("a backslash must be followed by one of ' { } \\");
                }
                c = text.charAt(next++);
            }
            value.append(c);
        }
        throw refusal("a string is not closed by a single quote");
    }

    /// Up to the comma or parenthesis that is inside no bracket and no quotes.
    private String path() {
        int start = next;
        int open = 0;
        char quote = 0;
        for (; next < text.length(); next++) {
            char c = text.charAt(next);
            if (c == '\\') {
                next++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '[' || c == '(') {
                open++;
            } else if (open == 0 && (c == ',' || c == ')')) {
                break;
            } else if (c == ']' || c == ')') {
                open--;
            }
        }
        next = Math.min(next, text.length());
        return text.substring(start, next).stripTrailing();
    }

    private Argument.Literal literal() throws ExpressionSyntaxException {
        int start = next;
        while (next < text.length() && !at(',') && !at(')')) {
            next++;
        }
        String written = text.substring(start, next).strip();
        try {
            Object value = Json.parse(written).value();
            if (value == null || value instanceof Boolean || value instanceof Number) {
                return new Argument.Literal(value);
            }
        } catch (JsonSyntaxException _) {
            // Falls through to the same refusal as any other text.
        }
        throw refusal("'%s' is no string in single quotes, number, true, false, null, path or call"
                .formatted(written));
    }

    private void expect(char wanted) throws ExpressionSyntaxException {
        if (!at(wanted)) {
            throw refusal("'%s' is expected".formatted(wanted));
        }
        next++;
    }

    private void skipSpaces() {
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
    }

    private boolean at(char wanted) {
        return next < text.length() && text.charAt(next) == wanted;
    }

    private ExpressionSyntaxException refusal(String problem) {
        return new ExpressionSyntaxException(
                "",
                "Invalid intrinsic function call '%s' at character %d: %s"
                        .formatted(text, next + 1, problem));
    }
}
