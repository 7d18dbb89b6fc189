package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser.Symbol;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The library's exceptions in the words of the JSONata reference implementation, which are also
/// AWS's: the code, and the message with its values written as JSON.
final class ErrorText {
    private static final Pattern CODE = Pattern.compile("[A-Z]\\d{4}");

    private static final Pattern COMPARISON = Pattern.compile("(?<!~)[<>]=?");

    private static final Map<String, String> ARRAY_TYPES = Map.of(
            "a",
            "arrays",
            "b",
            "booleans",
            "f",
            "functions",
            "n",
            "numbers",
            "o",
            "objects",
            "s",
            "strings");

    private static final Pattern ARGUMENT_ERROR =
            Pattern.compile("Argument error calling function (\\w+)$");

    /// Beginnings of messages of the date and integer formatters, and of signatures.
    private static final Map<String, String> CODES = Map.of(
            "Formatting or parsing an integer as a sequence starting with", "D3130",
            "In a decimal digit pattern, all digits must be from the same decimal group", "D3131",
            "Unknown component specifier", "D3132",
            "The 'name' modifier can only be applied to months and days", "D3133",
            "The timezone integer format specifier", "D3134",
            "No matching closing bracket", "D3135",
            "The date/time picture string is missing specifiers", "D3136",
            "Type parameters can only be applied to functions and arrays", "S0401",
            "Choice groups containing parameterized types are not supported", "S0402");

    /// Stand for the message's two values while it is put together.
    private static final String FIRST = "\uE000";
    private static final String SECOND = "\uE001";

    private ErrorText() {}

    /// @param source the text that the exception's position counts in
    static String of(JException thrown, String source) {
        String code = String.valueOf(thrown.getError());
        if (!CODE.matcher(code).matches()) {
            return code;
        }
        if (code.equals("T0412")) {
            String type = ARRAY_TYPES.getOrDefault(String.valueOf(thrown.getExpected()), "values");
            return "T0412: Argument 1 of function \"%s\" must be an array of \"%s\""
                    .formatted(functionBefore(thrown.getLocation(), source), type);
        }
        if (code.equals("T0411")) {
            return "T0411: Context value is not a compatible type with argument %s of function \"%s\""
                    .formatted(thrown.getExpected(), functionBefore(thrown.getLocation(), source));
        }
        // The port's catalogue says "Object" where the original says "function".
        String template = JException.msg(code, -1, FIRST, SECOND).replace("Object", "function");
        return code + ": "
                + fill(fill(template, FIRST, thrown.getCurrent()), SECOND, thrown.getExpected())
                        .replace("{{token}}", comparison(source));
    }

    /// The function whose call's bracket ends at a position.
    private static String functionBefore(int position, String source) {
        int end = source.lastIndexOf('(', Math.min(position, source.length()));
        int start = end < 0 ? -1 : source.lastIndexOf('$', end);
        return start < 0 ? "" : source.substring(start + 1, end).strip();
    }

    /// The comparison operator, if there is one kind only: the port doesn't say which one failed.
    private static String comparison(String source) {
        List<String> operators = COMPARISON
                .matcher(source)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        return operators.size() == 1 ? '"' + operators.getFirst() + '"' : "";
    }

    /// What the library throws without a code.
    static String of(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage() == null ? thrown : thrown.getMessage());
        Matcher mismatch = ARGUMENT_ERROR.matcher(message);
        if (mismatch.find()) {
            return QueryError.mismatch(mismatch.group(1), 1).getMessage();
        }
        for (var known : CODES.entrySet()) {
            if (message.contains(known.getKey())) {
                return known.getValue() + ": " + message.substring(message.indexOf(known.getKey()));
            }
        }
        return message;
    }

    private static String fill(String template, String mark, Object value) {
        return template.replace("{\"" + mark + "\"}", String.valueOf(value))
                .replace("\"" + mark + "\"", json(value))
                .replace(mark, String.valueOf(value));
    }

    private static String json(Object value) {
        return switch (value) {
            case String text -> '"' + text + '"';
            case Character symbol -> "\"" + symbol + '"';
            case Double number when number.isInfinite() || number.isNaN() -> "null";
            case Number number -> Stringified.number(number);
            case Map<?, ?> map -> new Stringified(Bounds.CURRENT.get(), false).text(map);
            case List<?> list -> new Stringified(Bounds.CURRENT.get(), false).text(list);
            case Symbol function -> "\"" + function + "\"";
            case null -> "undefined";
            default -> value == Jsonata.NULL_VALUE ? "null" : String.valueOf(value);
        };
    }
}
