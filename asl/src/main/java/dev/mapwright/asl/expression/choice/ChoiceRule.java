package dev.mapwright.asl.expression.choice;

import dev.mapwright.asl.expression.Condition;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.expression.choice.Operators.Operand;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compiles the test of one JSONPath Choice rule: a `Variable` with one operator, or `And`, `Or`
/// and `Not` over such tests. Evaluation goes from left to right and stops as soon as the outcome
/// is known, so that an `IsPresent` can guard what follows it.
public final class ChoiceRule {
    /// How deep `And`, `Or` and `Not` may be nested.
    private static final int DEPTH_MAX = 100;

    private static final List<String> KINDS = List.of("And", "Or", "Not", "Variable");

    private ChoiceRule() {}

    /// Whether a rule's member belongs to its test, as opposed to `Next`, `Assign` and `Comment`.
    public static boolean isTestField(String field) {
        return KINDS.contains(field) || Operators.names().contains(field);
    }

    /// @param rule the members of the rule as plain Java; those that are no test fields are not
    ///     looked at
    /// @throws ExpressionSyntaxException whose field is the place within the rule:
    ///     `And[1]/Variable`
    public static Condition compile(Map<String, Object> rule) throws ExpressionSyntaxException {
        return test(rule, "", DEPTH_MAX);
    }

    private static Condition test(Map<String, Object> rule, String at, int depth)
            throws ExpressionSyntaxException {
        if (depth == 0) {
            throw new ExpressionSyntaxException(
                    at, "Rules are nested more than %d levels deep".formatted(DEPTH_MAX));
        }
        List<String> kinds = KINDS.stream().filter(rule::containsKey).toList();
        if (kinds.size() != 1) {
            throw new ExpressionSyntaxException(
                    at,
                    "The object must have only one of the following fields, [And, Or, Not, Variable, Condition]");
        }
        String kind = kinds.getFirst();
        if (kind.equals("Variable")) {
            return comparison(rule, at);
        }
        Optional<String> stray = operators(rule).stream().findFirst();
        if (stray.isPresent()) {
            throw notSupported(at, stray.get());
        }
        Object operand = rule.get(kind);
        return switch (kind) {
            case "And" -> all(tests(operand, at(at, kind), depth));
            case "Or" -> any(tests(operand, at(at, kind), depth));
            default -> {
                Condition inner = nested(operand, at(at, kind), depth);
                yield scope -> !inner.holds(scope);
            }
        };
    }

    private static Condition comparison(Map<String, Object> rule, String at)
            throws ExpressionSyntaxException {
        List<String> operators = operators(rule);
        if (operators.isEmpty()) {
            throw new ExpressionSyntaxException(
                    at,
                    "This object should have only one of the following fields: "
                            + Operators.names());
        }
        if (operators.size() > 1) {
            throw new ExpressionSyntaxException(
                    at, "There should only be one of the following fields: " + operators);
        }
        String operator = operators.getFirst();
        try {
            Operand variable = Operand.compile("Variable", rule.get("Variable"));
            return Operators.compile(variable, operator, rule.get(operator));
        } catch (ExpressionSyntaxException inOperand) {
            throw new ExpressionSyntaxException(at(at, inOperand.field()), inOperand.getMessage());
        }
    }

    private static List<String> operators(Map<String, Object> rule) {
        return Operators.names().stream().filter(rule::containsKey).toList();
    }

    private static List<Condition> tests(Object operand, String at, int depth)
            throws ExpressionSyntaxException {
        if (!(operand instanceof List<?> rules)) {
            throw new ExpressionSyntaxException(at, "Expected value of type Array");
        }
        if (rules.isEmpty()) {
            throw new ExpressionSyntaxException(at, "Value cannot be empty");
        }
        var tests = new ArrayList<Condition>(rules.size());
        for (int index = 0; index < rules.size(); index++) {
            tests.add(nested(rules.get(index), "%s[%d]".formatted(at, index), depth));
        }
        return List.copyOf(tests);
    }

    private static Condition nested(Object operand, String at, int depth)
            throws ExpressionSyntaxException {
        if (!(operand instanceof Map<?, ?>)) {
            throw new ExpressionSyntaxException(at, "Expected value of type Object");
        }
        @SuppressWarnings("unchecked")
        var rule = (Map<String, Object>) operand;
        for (String field : rule.keySet()) {
            if (!isTestField(field) && !field.equals("Comment")) {
                throw notSupported(at, field);
            }
        }
        return test(rule, at, depth - 1);
    }

    private static Condition all(List<Condition> tests) {
        return scope -> {
            for (Condition test : tests) {
                if (!test.holds(scope)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Condition any(List<Condition> tests) {
        return scope -> {
            for (Condition test : tests) {
                if (test.holds(scope)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static ExpressionSyntaxException notSupported(String at, String field) {
        return new ExpressionSyntaxException(at, "Field '%s' is not supported".formatted(field));
    }

    private static String at(String outer, String inner) {
        return outer.isEmpty() ? inner : outer + "/" + inner;
    }
}
