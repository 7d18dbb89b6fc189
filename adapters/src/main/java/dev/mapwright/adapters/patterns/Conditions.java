package dev.mapwright.adapters.patterns;

import dev.mapwright.adapters.patterns.Pattern.Condition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads the conditions of a pattern's field.
final class Conditions {
    private static final Set<String> COMPARISONS = Set.of("=", "<", "<=", ">", ">=");

    private Conditions() {}

    static Condition of(String field, Object tree) throws InvalidPattern {
        if (tree instanceof Map<?, ?> object
                && object.size() == 1
                && object.get("exists") instanceof Boolean wanted) {
            return wanted ? new Condition.Present() : new Condition.Absent();
        }
        return new Condition.OnValue(matcher(field, tree));
    }

    private static Matcher matcher(String field, Object tree) throws InvalidPattern {
        if (tree instanceof List<?>) {
            throw new InvalidPattern("\"%s\" has an array within its array".formatted(field));
        }
        if (!(tree instanceof Map<?, ?> object)) {
            return new Matcher.Exact(tree);
        }
        if (object.size() != 1) {
            throw new InvalidPattern(
                    "A condition of \"%s\" must have exactly one operator".formatted(field));
        }
        Map.Entry<?, ?> only = object.entrySet().iterator().next();
        String operator = (String) only.getKey();
        Object operand = only.getValue();
        return switch (operator) {
            case "prefix" -> folding(field, operator, operand, Matcher.Prefix::new);
            case "suffix" -> folding(field, operator, operand, Matcher.Suffix::new);
            case "equals-ignore-case" ->
                ignoringCase(text(field, operator, operand), Matcher.Exact::new);
            case "wildcard" -> wildcard(field, text(field, operator, operand));
            case "anything-but" -> new Matcher.AnythingBut(unwanted(field, operand));
            case "numeric" -> numeric(field, operand);
            case "cidr" -> {
                String block = text(field, operator, operand);
                yield new Matcher.Cidr(AddressBlock.of(block)
                        .orElseThrow(() -> new InvalidPattern(
                                "\"%s\" of \"%s\" is not a CIDR block".formatted(block, field))));
            }
            case "exists" ->
                throw new InvalidPattern(
                        "\"exists\" of \"%s\" must be true or false".formatted(field));
            default ->
                throw new InvalidPattern(
                        "Unrecognized match type %s of \"%s\"".formatted(operator, field));
        };
    }

    @FunctionalInterface
    private interface OfText {
        Matcher make(String text);
    }

    /// `"x"`, or `{"equals-ignore-case": "x"}`.
    private static Matcher folding(String field, String operator, Object operand, OfText matcher)
            throws InvalidPattern {
        if (operand instanceof Map<?, ?> object && object.size() == 1) {
            return ignoringCase(text(field, operator, object.get("equals-ignore-case")), matcher);
        }
        return matcher.make(text(field, operator, operand));
    }

    private static Matcher ignoringCase(String text, OfText matcher) {
        return new Matcher.IgnoringCase(matcher.make(text.toLowerCase(Locale.ROOT)));
    }

    private static String text(String field, String operator, Object operand)
            throws InvalidPattern {
        if (operand instanceof String text) {
            return text;
        }
        throw new InvalidPattern("\"%s\" of \"%s\" must be a string".formatted(operator, field));
    }

    /// A value, a list of values, or an operator with either.
    private static List<Matcher> unwanted(String field, Object operand) throws InvalidPattern {
        List<Matcher> unwanted = new ArrayList<>();
        if (operand instanceof Map<?, ?> object && object.size() == 1) {
            Map.Entry<?, ?> only = object.entrySet().iterator().next();
            for (Object each : listed(only.getValue())) {
                unwanted.add(matcher(field, Map.of(only.getKey(), each)));
            }
        } else {
            for (Object each : listed(operand)) {
                unwanted.add(matcher(field, each));
            }
        }
        if (unwanted.isEmpty()) {
            throw new InvalidPattern(
                    "\"anything-but\" of \"%s\" must not be empty".formatted(field));
        }
        return List.copyOf(unwanted);
    }

    private static List<?> listed(Object operand) throws InvalidPattern {
        return switch (operand) {
            case List<?> list -> list;
            case null -> throw new InvalidPattern("\"anything-but\" must not be null");
            case Object one -> List.of(one);
        };
    }

    private static Matcher numeric(String field, Object operand) throws InvalidPattern {
        if (!(operand instanceof List<?> parts) || (parts.size() != 2 && parts.size() != 4)) {
            throw invalidNumeric(field);
        }
        List<Matcher.Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < parts.size(); i += 2) {
            if (!(parts.get(i) instanceof String operator)
                    || !COMPARISONS.contains(operator)
                    || !(parts.get(i + 1) instanceof Number bound)) {
                throw invalidNumeric(field);
            }
            comparisons.add(new Matcher.Comparison(operator, new BigDecimal(bound.toString())));
        }
        return new Matcher.Numeric(List.copyOf(comparisons));
    }

    private static InvalidPattern invalidNumeric(String field) {
        return new InvalidPattern(
                ("\"numeric\" of \"%s\" must be an array of one or two comparisons like"
                                + " [\">\", 0, \"<=\", 5]")
                        .formatted(field));
    }

    /// `\*` is a star, `\\` a backslash.
    private static Matcher wildcard(String field, String text) throws InvalidPattern {
        List<String> pieces = new ArrayList<>();
        var piece = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '*') {
                pieces.add(piece.toString());
                piece.setLength(0);
            } else if (character == '\\') {
                i++;
                if (i == text.length() || (text.charAt(i) != '*' && text.charAt(i) != '\\')) {
                    throw new InvalidPattern(
                            "\"wildcard\" of \"%s\" has an invalid escape".formatted(field));
                }
                piece.append(text.charAt(i));
            } else {
                piece.append(character);
            }
        }
        pieces.add(piece.toString());
        return new Matcher.Wildcard(List.copyOf(pieces));
    }
}
