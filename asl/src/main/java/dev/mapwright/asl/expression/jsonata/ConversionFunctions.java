package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Utils;

import dev.mapwright.asl.expression.jsonata.Native.Arguments;

import java.text.ParseException;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The functions that read numbers, dates and URLs out of texts, with the reference
/// implementation's errors.
final class ConversionFunctions {
    private static final Pattern DECIMAL =
            Pattern.compile("-?[0-9]+(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");
    private static final Pattern RADIX =
            Pattern.compile("0([xX][0-9A-Fa-f]+|[oO][0-7]+|[bB][01]+)");

    private ConversionFunctions() {}

    static Map<String, Native> all() {
        var functions = new LinkedHashMap<String, Native>();
        Native.add(functions, "number", "<(nsb)-:n>", ConversionFunctions::number);
        Native.add(
                functions, "toMillis", "<s-s?:n>", "dateTimeToMillis", ConversionFunctions::millis);
        url(functions, "encodeUrlComponent", Functions::encodeUrlComponent);
        url(functions, "encodeUrl", Functions::encodeUrl);
        url(functions, "decodeUrlComponent", Functions::decodeUrlComponent);
        url(functions, "decodeUrl", Functions::decodeUrl);
        return functions;
    }

    private static Object number(Arguments arguments) {
        return switch (arguments.get(0)) {
            case null -> null;
            case Number number -> number;
            case Boolean truth -> truth ? 1 : 0;
            case String text -> number(text);
            default -> throw QueryError.mismatch("number", 1);
        };
    }

    private static Number number(String text) {
        try {
            if (RADIX.matcher(text).matches()) {
                int radix =
                        switch (Character.toLowerCase(text.charAt(1))) {
                            case 'x' -> 16;
                            case 'o' -> 8;
                            default -> 2;
                        };
                return Utils.convertNumber(Long.parseLong(text.substring(2), radix));
            }
            double number = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
            if (!Double.isNaN(number) && !Double.isInfinite(number)) {
                return Utils.convertNumber(number);
            }
        } catch (NumberFormatException e) {
            // More digits than a long has: told below, like what is no number at all.
        }
        throw new QueryError("D3030", "Unable to cast value to a number: \"%s\"".formatted(text));
    }

    private static Object millis(Arguments arguments) throws ParseException {
        if (!arguments.has(0)) {
            return null;
        }
        try {
            return Functions.dateTimeToMillis(arguments.text(0), arguments.text(1));
        } catch (DateTimeException e) {
            throw new QueryError(
                    "D3110",
                    "The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given \"%s\""
                            .formatted(arguments.text(0)));
        }
    }

    private static void url(
            Map<String, Native> functions, String name, UnaryOperator<String> conversion) {
        Native.add(functions, name, "<s-:s>", arguments -> {
            String text = arguments.text(0);
            try {
                return conversion.apply(text);
            } catch (RuntimeException e) {
                throw new QueryError(
                        "D3140", "Malformed URL passed to $%s(): \"%s\"".formatted(name, text));
            }
        });
    }
}
