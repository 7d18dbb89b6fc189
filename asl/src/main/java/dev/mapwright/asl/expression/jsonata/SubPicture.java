package dev.mapwright.asl.expression.jsonata;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// One picture of `$formatNumber`, checked and measured.
///
/// @param factor 100 for percents, 1000 for per mille, else 1
/// @param wholeLeast digits before the point
/// @param wholeGroups where separators stand before the point
/// @param fractionLeast digits after the point
/// @param fractionMost digits after the point
/// @param fractionGroups where separators stand after the point, counted from it
/// @param scale digits before the point of a number with an exponent, before optional ones
/// @param exponentDigits at least; 0 if there is no exponent
record SubPicture(
        String prefix,
        String suffix,
        int factor,
        int wholeLeast,
        Groups wholeGroups,
        int fractionLeast,
        int fractionMost,
        List<Integer> fractionGroups,
        int scale,
        int exponentDigits) {

    /// Separators before the point, counted from it.
    ///
    /// @param interval at which they repeat without an end; 0 if they stand only where the picture
    ///     has them
    record Groups(List<Integer> positions, int interval) {
        static Groups of(List<Integer> positions) {
            int interval = positions.isEmpty() ? 0 : positions.getFirst();
            boolean regular = IntStream.range(0, positions.size())
                    .allMatch(i -> positions.get(i) == (i + 1) * interval);
            return new Groups(positions, regular ? interval : 0);
        }

        List<Integer> within(int digits) {
            if (interval == 0) {
                return positions.stream().filter(position -> position < digits).toList();
            }
            return IntStream.range(1, (digits + interval - 1) / interval)
                    .map(i -> i * interval)
                    .boxed()
                    .toList();
        }
    }

    /// What stands between the prefix and the suffix, character by character.
    private record Parts(
            List<String> whole, boolean hasPoint, List<String> fraction, List<String> exponent) {}

    static SubPicture of(String text, NumberSymbols symbols) {
        List<String> characters =
                text.codePoints().mapToObj(Character::toString).toList();
        int from = first(characters, symbols);
        int to = end(characters, symbols);
        List<String> active = from < to ? characters.subList(from, to) : characters;
        int percents = occurrences(text, symbols.percent());
        int perMilles = occurrences(text, symbols.perMille());
        int exponentAt = active.indexOf(symbols.exponentSeparator());
        List<String> mantissa = exponentAt < 0 ? active : active.subList(0, exponentAt);
        List<String> exponent =
                exponentAt < 0 ? List.of() : active.subList(exponentAt + 1, active.size());
        int point = mantissa.indexOf(symbols.decimalSeparator());
        var parts = new Parts(
                point < 0 ? mantissa : mantissa.subList(0, point),
                point >= 0,
                point < 0 ? List.of() : mantissa.subList(point + 1, mantissa.size()),
                exponent);
        // Of several rules that a picture breaks, the reference implementation names the last.
        require(
                exponentAt < 0
                        || !exponent.isEmpty() && exponent.stream().allMatch(symbols::isDigit),
                "D3093");
        require(exponentAt < 0 || percents + perMilles == 0, "D3092");
        check(parts, symbols);
        require(active.stream().allMatch(symbols::isActive), "D3086");
        require(
                mantissa.stream()
                        .anyMatch(character -> symbols.isDigit(character)
                                || character.equals(symbols.optionalDigit())),
                "D3085");
        require(percents == 0 || perMilles == 0, "D3084");
        require(perMilles <= 1, "D3083");
        require(percents <= 1, "D3082");
        require(count(active, symbols.decimalSeparator()) <= 1, "D3081");
        int factor = percents == 1 ? 100 : perMilles == 1 ? 1000 : 1;
        return measured(
                String.join("", characters.subList(0, Math.min(from, to))),
                String.join("", characters.subList(to, characters.size())),
                factor,
                parts,
                symbols);
    }

    SubPicture prefixed(String sign) {
        return new SubPicture(
                sign + prefix,
                suffix,
                factor,
                wholeLeast,
                wholeGroups,
                fractionLeast,
                fractionMost,
                fractionGroups,
                scale,
                exponentDigits);
    }

    /// An exponent separator does not begin a number: it may be a letter of the prefix.
    private static int first(List<String> characters, NumberSymbols symbols) {
        int at = 0;
        while (at < characters.size() && !bounds(characters.get(at), symbols)) {
            at++;
        }
        return at;
    }

    private static int end(List<String> characters, NumberSymbols symbols) {
        int at = characters.size();
        while (at > 0 && !bounds(characters.get(at - 1), symbols)) {
            at--;
        }
        return at;
    }

    private static boolean bounds(String character, NumberSymbols symbols) {
        return symbols.isActive(character) && !symbols.isExponentSeparator(character);
    }

    private static int occurrences(String text, String symbol) {
        return NumberSymbols.split(text, symbol).size() - 1;
    }

    private static void check(Parts parts, NumberSymbols symbols) {
        String separator = symbols.groupingSeparator();
        boolean beforePoint =
                !parts.whole().isEmpty() && parts.whole().getLast().equals(separator);
        boolean afterPoint =
                !parts.fraction().isEmpty() && parts.fraction().getFirst().equals(separator);
        require(
                !follows(
                        parts.fraction(),
                        character -> character.equals(symbols.optionalDigit()),
                        symbols::isDigit),
                "D3091");
        require(
                !follows(
                        parts.whole(),
                        symbols::isDigit,
                        character -> character.equals(symbols.optionalDigit())),
                "D3090");
        require(
                !adjacent(parts.whole(), separator) && !adjacent(parts.fraction(), separator),
                "D3089");
        require(!beforePoint, parts.hasPoint() ? "D3087" : "D3088");
        require(!afterPoint, "D3087");
    }

    private static SubPicture measured(
            String prefix, String suffix, int factor, Parts parts, NumberSymbols symbols) {
        int scale = (int) parts.whole().stream().filter(symbols::isDigit).count();
        int wholeLeast = scale;
        int fractionLeast =
                (int) parts.fraction().stream().filter(symbols::isDigit).count();
        int fractionMost = fractionLeast + count(parts.fraction(), symbols.optionalDigit());
        boolean exponent = !parts.exponent().isEmpty();
        if (wholeLeast == 0 && fractionMost == 0) {
            if (exponent) {
                fractionLeast = 1;
                fractionMost = 1;
            } else {
                wholeLeast = 1;
            }
        }
        if (exponent && wholeLeast == 0 && parts.whole().contains(symbols.optionalDigit())) {
            wholeLeast = 1;
        }
        if (wholeLeast == 0 && fractionLeast == 0) {
            fractionLeast = 1;
        }
        return new SubPicture(
                prefix,
                suffix,
                factor,
                wholeLeast,
                Groups.of(positions(parts.whole().reversed(), symbols)),
                fractionLeast,
                fractionMost,
                positions(parts.fraction(), symbols),
                scale,
                parts.exponent().size());
    }

    private static List<Integer> positions(List<String> characters, NumberSymbols symbols) {
        var positions = new ArrayList<Integer>();
        int digits = 0;
        for (String character : characters) {
            if (character.equals(symbols.groupingSeparator())) {
                positions.add(digits);
            } else {
                digits++;
            }
        }
        return positions;
    }

    private static int count(List<String> characters, String character) {
        return (int) characters.stream().filter(character::equals).count();
    }

    private static boolean adjacent(List<String> characters, String separator) {
        return IntStream.range(1, characters.size())
                .anyMatch(i -> characters.get(i).equals(separator)
                        && characters.get(i - 1).equals(separator));
    }

    private static boolean follows(
            List<String> characters, Predicate<String> first, Predicate<String> second) {
        int at = 0;
        while (at < characters.size() && !first.test(characters.get(at))) {
            at++;
        }
        return characters.subList(at, characters.size()).stream().anyMatch(second);
    }

    private static void require(boolean holds, String code) {
        if (!holds) {
            throw QueryError.coded(code);
        }
    }
}
