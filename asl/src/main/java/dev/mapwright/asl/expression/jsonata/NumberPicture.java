package dev.mapwright.asl.expression.jsonata;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// How `$formatNumber` writes a number: one picture, or one for positive and one for negative
/// numbers. https://www.w3.org/TR/xpath-functions-31/#formatting-numbers
final class NumberPicture {
    private final NumberSymbols symbols;
    private final SubPicture positive;
    private final SubPicture negative;

    private NumberPicture(NumberSymbols symbols, SubPicture positive, SubPicture negative) {
        this.symbols = symbols;
        this.positive = positive;
        this.negative = negative;
    }

    /// @throws QueryError D3080 to D3093, for a picture that breaks the rules
    static NumberPicture of(String picture, NumberSymbols symbols) {
        List<String> parts = NumberSymbols.split(picture, symbols.patternSeparator());
        if (parts.size() > 2) {
            throw QueryError.coded("D3080");
        }
        SubPicture positive = SubPicture.of(parts.getFirst(), symbols);
        SubPicture negative = parts.size() == 2
                ? SubPicture.of(parts.getLast(), symbols)
                : positive.prefixed(symbols.minusSign());
        return new NumberPicture(symbols, positive, negative);
    }

    String format(double number) {
        SubPicture picture = number < 0 ? negative : positive;
        double mantissa = Math.abs(number) * picture.factor();
        if (picture.exponentDigits() == 0) {
            return picture.prefix() + digits(mantissa, picture) + picture.suffix();
        }
        int exponent = exponent(mantissa, picture.scale());
        return picture.prefix()
                + digits(shifted(mantissa, -exponent), picture)
                + symbols.exponentSeparator()
                + (exponent < 0 ? symbols.minusSign() : "")
                + localized(padded(Integer.toString(Math.abs(exponent)), picture.exponentDigits()))
                + picture.suffix();
    }

    /// The power of ten that leaves a number with `scale` digits before the point.
    private static int exponent(double number, int scale) {
        if (number == 0) {
            return 0;
        }
        BigDecimal exact = new BigDecimal(Double.toString(number));
        return exact.precision() - exact.scale() - scale;
    }

    private static double shifted(double number, int places) {
        return new BigDecimal(Double.toString(number)).scaleByPowerOfTen(places).doubleValue();
    }

    private String digits(double number, SubPicture picture) {
        String rounded = new BigDecimal(number)
                .setScale(picture.fractionMost(), RoundingMode.HALF_UP)
                .toPlainString();
        int point = rounded.indexOf('.');
        String whole = (point < 0 ? rounded : rounded.substring(0, point)).replaceFirst("^0+", "");
        String fraction = point < 0 ? "" : rounded.substring(point + 1).replaceFirst("0+$", "");
        whole = padded(whole, picture.wholeLeast());
        fraction = fraction + "0".repeat(Math.max(0, picture.fractionLeast() - fraction.length()));
        return grouped(whole, picture.wholeGroups())
                + (fraction.isEmpty()
                        ? ""
                        : symbols.decimalSeparator()
                                + separated(fraction, picture.fractionGroups()));
    }

    /// @param groups counted from the right
    private String grouped(String digits, SubPicture.Groups groups) {
        var fromLeft = new TreeSet<Integer>();
        groups.within(digits.length()).forEach(group -> fromLeft.add(digits.length() - group));
        return separated(digits, new ArrayList<>(fromLeft));
    }

    /// @param groups where a separator stands, counted from the left, in ascending order
    private String separated(String digits, List<Integer> groups) {
        var text = new StringBuilder();
        int from = 0;
        for (int group : groups) {
            if (group >= digits.length()) {
                break;
            }
            text.append(localized(digits.substring(from, group)))
                    .append(symbols.groupingSeparator());
            from = group;
        }
        return text.append(localized(digits.substring(from))).toString();
    }

    private String localized(String digits) {
        var text = new StringBuilder();
        digits.chars().forEach(digit -> text.appendCodePoint(symbols.zeroDigit() + digit - '0'));
        return text.toString();
    }

    private static String padded(String digits, int least) {
        return "0".repeat(Math.max(0, least - digits.length())) + digits;
    }
}
