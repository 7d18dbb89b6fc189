package dev.mapwright.adapters.patterns;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/// One condition on a value that is no object.
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
sealed interface Matcher {
    /// @param value a string, number, truth value or null
    boolean matches(Object value);

    record Exact(Object wanted) implements Matcher {
        @Override
        public boolean matches(Object value) {
            return switch (wanted) {
                case null -> value == null;
                case Number number ->
                    value instanceof Number other && decimal(number).compareTo(decimal(other)) == 0;
                case Object other -> other.equals(value);
            };
        }
    }

    record Prefix(String start) implements Matcher {
        @Override
        public boolean matches(Object value) {
            return value instanceof String text && text.startsWith(start);
        }
    }

    record Suffix(String end) implements Matcher {
        @Override
        public boolean matches(Object value) {
            return value instanceof String text && text.endsWith(end);
        }
    }

    /// A condition on the value in lower case; so is what it compares with.
    record IgnoringCase(Matcher lowerCase) implements Matcher {
        @Override
        public boolean matches(Object value) {
            return value instanceof String text && lowerCase.matches(text.toLowerCase(Locale.ROOT));
        }
    }

    /// Whatever none of these match.
    record AnythingBut(List<Matcher> unwanted) implements Matcher {
        @Override
        public boolean matches(Object value) {
            return unwanted.stream().noneMatch(each -> each.matches(value));
        }
    }

    /// Between bounds, each of which is a comparison.
    record Numeric(List<Comparison> comparisons) implements Matcher {
        @Override
        public boolean matches(Object value) {
            return value instanceof Number number
                    && comparisons.stream().allMatch(each -> each.holds(decimal(number)));
        }
    }

    /// @param operator `=`, `<`, `<=`, `>` or `>=`
    record Comparison(String operator, BigDecimal bound) {
        boolean holds(BigDecimal value) {
            int order = value.compareTo(bound);
            return switch (operator) {
                case "=" -> order == 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> throw new IllegalStateException("not an operator: " + operator);
            };
        }
    }

    /// Pieces of text with anything between them.
    record Wildcard(List<String> pieces) implements Matcher {
        @Override
        public boolean matches(Object value) {
            if (!(value instanceof String text)) {
                return false;
            }
            String first = pieces.getFirst();
            String last = pieces.getLast();
            if (pieces.size() == 1) {
                return text.equals(first);
            }
            int end = text.length() - last.length();
            if (!text.startsWith(first) || !text.endsWith(last) || first.length() > end) {
                return false;
            }
            int position = first.length();
            for (String piece : pieces.subList(1, pieces.size() - 1)) {
                int found = text.indexOf(piece, position);
                if (found < 0 || found + piece.length() > end) {
                    return false;
                }
                position = found + piece.length();
            }
            return true;
        }
    }

    /// An address within a block.
    record Cidr(AddressBlock block) implements Matcher {
        @Override
        public boolean matches(Object value) {
            return value instanceof String text && block.contains(text);
        }
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }
}
