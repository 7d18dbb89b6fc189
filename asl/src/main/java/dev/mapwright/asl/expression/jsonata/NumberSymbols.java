package dev.mapwright.asl.expression.jsonata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The characters that have a meaning in a picture of `$formatNumber`. Each can be replaced by the
/// function's third argument, under the name it has in XPath's decimal formats.
record NumberSymbols(
        String decimalSeparator,
        String groupingSeparator,
        String exponentSeparator,
        String minusSign,
        String percent,
        String perMille,
        int zeroDigit,
        String optionalDigit,
        String patternSeparator) {

    static NumberSymbols of(Map<?, ?> options) {
        return new NumberSymbols(
                symbol(options, "decimal-separator", "."),
                symbol(options, "grouping-separator", ","),
                symbol(options, "exponent-separator", "e"),
                symbol(options, "minus-sign", "-"),
                symbol(options, "percent", "%"),
                symbol(options, "per-mille", "\u2030"),
                symbol(options, "zero-digit", "0").codePointAt(0),
                symbol(options, "digit", "#"),
                symbol(options, "pattern-separator", ";"));
    }

    private static String symbol(Map<?, ?> options, String name, String usual) {
        return options.get(name) instanceof String text && !text.isEmpty() ? text : usual;
    }

    boolean isDigit(String character) {
        int digit = character.codePointAt(0) - zeroDigit;
        return digit >= 0 && digit <= 9;
    }

    boolean isExponentSeparator(String character) {
        return character.equals(exponentSeparator);
    }

    /// Whether a character stands for a part of the number, and is not just copied.
    boolean isActive(String character) {
        return isDigit(character)
                || isExponentSeparator(character)
                || character.equals(optionalDigit)
                || character.equals(decimalSeparator)
                || character.equals(groupingSeparator);
    }

    static List<String> split(String text, String separator) {
        var parts = new ArrayList<String>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }
}
