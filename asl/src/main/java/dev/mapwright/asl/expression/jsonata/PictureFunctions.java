package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Utils;

import dev.mapwright.asl.expression.jsonata.Native.Arguments;

import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The functions that write and read numbers and dates by a picture, where the library does it
/// otherwise than the reference implementation.
final class PictureFunctions {
    /// The largest number that has a word: beyond it, words are multiplied.
    private static final double TRILLION = 1e12;

    private static final String TRILLION_WORD = " trillion";
    private static final List<String> WORD_PICTURES = List.of("w", "W", "Ww");

    /// What the library counts whole numbers with, it counts exactly up to here.
    private static final double EXACT_MAX = 1e15;

    private PictureFunctions() {}

    static Map<String, Native> all() {
        var functions = new LinkedHashMap<String, Native>();
        Native.add(functions, "formatNumber", "<n-so?:s>", PictureFunctions::formatNumber);
        Native.add(functions, "formatInteger", "<n-s:s>", PictureFunctions::formatInteger);
        Native.add(functions, "parseInteger", "<s-s:n>", PictureFunctions::parseInteger);
        Native.add(functions, "fromMillis", "<n-s?s?:s>", "dateTimeFromMillis", arguments -> {
            return arguments.has(0)
                    ? DatePicture.format(
                            arguments.number(0).longValue(), arguments.text(1), arguments.text(2))
                    : null;
        });
        return functions;
    }

    private static Object formatNumber(Arguments arguments) {
        if (!arguments.has(0)) {
            return null;
        }
        Map<?, ?> options = arguments.get(2) instanceof Map<?, ?> given ? given : Map.of();
        return NumberPicture.of(arguments.text(1), NumberSymbols.of(options))
                .format(arguments.number(0).doubleValue());
    }

    private static Object formatInteger(Arguments arguments) {
        if (!arguments.has(0)) {
            return null;
        }
        double number = arguments.number(0).doubleValue();
        String picture = arguments.text(1);
        if (Math.abs(number) < EXACT_MAX || !WORD_PICTURES.contains(picture)) {
            return Functions.formatInteger(number, picture);
        }
        return (number < 0 ? "-" : "") + cased(words(Math.floor(Math.abs(number))), picture);
    }

    private static String words(double number) {
        if (number < EXACT_MAX) {
            return Functions.formatInteger(number, "w");
        }
        double trillions = Math.floor(number / TRILLION);
        double rest = number - trillions * TRILLION;
        return words(trillions)
                + TRILLION_WORD
                + (rest == 0
                        ? ""
                        : (rest < 100 ? " and " : ", ") + Functions.formatInteger(rest, "w"));
    }

    private static String cased(String words, String picture) {
        return switch (picture) {
            case "W" -> words.toUpperCase(Locale.ROOT);
            case "Ww" -> titled(words);
            default -> words;
        };
    }

    private static String titled(String words) {
        var titled = new StringBuilder(words);
        for (int i = 0; i < titled.length(); i++) {
            boolean first = i == 0 || " -".indexOf(titled.charAt(i - 1)) >= 0;
            if (first && !words.startsWith("and ", i)) {
                titled.setCharAt(i, Character.toUpperCase(titled.charAt(i)));
            }
        }
        return titled.toString();
    }

    private static Object parseInteger(Arguments arguments) {
        if (!arguments.has(0)) {
            return null;
        }
        String text = arguments.text(0);
        String picture = arguments.text(1);
        try {
            return WORD_PICTURES.contains(picture)
                    ? Utils.convertNumber(number(text.toLowerCase(Locale.ROOT)))
                    : Functions.parseInteger(ascii(text), ascii(picture).replaceAll("[0-9]", "0"));
        } catch (ParseException e) {
            throw new QueryError(ErrorText.of(e));
        } catch (RuntimeException e) {
            throw new QueryError("$parseInteger cannot read \"%s\" by the picture \"%s\""
                    .formatted(text, picture));
        }
    }

    private static double number(String words) throws ParseException {
        int at = words.lastIndexOf(TRILLION_WORD);
        if (at < 0) {
            return Functions.parseInteger(words, "w").doubleValue();
        }
        String rest = words.substring(at + TRILLION_WORD.length()).replaceFirst("^(, | and )", "");
        return number(words.substring(0, at)) * TRILLION + (rest.isEmpty() ? 0 : number(rest));
    }

    /// Digits of every script as those of ASCII.
    private static String ascii(String text) {
        var ascii = new StringBuilder();
        text.codePoints().forEach(character -> {
            int digit = Character.isDigit(character) ? Character.digit(character, 10) : -1;
            ascii.appendCodePoint(digit < 0 ? character : '0' + digit);
        });
        return ascii.toString();
    }
}
