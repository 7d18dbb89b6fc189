package dev.mapwright.asl.expression.choice;

import dev.mapwright.asl.expression.Condition;
import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.expression.jsonpath.JsonPath;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// All comparison operators by name: what each needs as operand and which condition it makes.
/// https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
final class Operators {
    private static final String PATH = "Path";
    private static final Map<String, Operator> BY_NAME = table();

    private Operators() {}

    /// Makes the condition of one operator.
    @FunctionalInterface
    private interface Operator {
        Condition compile(Operand variable, String name, Object operand)
                throws ExpressionSyntaxException;
    }

    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /// @param variable what the rule's `Variable` reads
    /// @param operand the operator's value as it stands in the definition
    static Condition compile(Operand variable, String name, Object operand)
            throws ExpressionSyntaxException {
        return BY_NAME.get(name).compile(variable, name, operand);
    }

    private static Map<String, Operator> table() {
        var table = new LinkedHashMap<String, Operator>();
        for (Family family : Family.values()) {
            for (Relation relation : Relation.values()) {
                if (family == Family.BOOLEAN && relation != Relation.EQUALS) {
                    continue;
                }
                String name = family.prefix() + relation.suffix();
                table.put(
                        name,
                        (variable, field, operand) ->
                                literal(variable, family, relation, field, operand));
                table.put(
                        name + PATH,
                        (variable, field, operand) ->
                                path(variable, family, relation, Operand.compile(field, operand)));
            }
        }
        for (TypeTest test : TypeTest.values()) {
            table.put(test.operator(), (variable, field, operand) -> {
                boolean expected = flag(field, operand);
                return scope -> test.holds(variable.read(scope)) == expected;
            });
        }
        table.put("IsPresent", (variable, field, operand) -> {
            boolean expected = flag(field, operand);
            return scope -> variable.isPresent(scope) == expected;
        });
        table.put("StringMatches", (variable, field, operand) -> {
            Wildcard pattern = Wildcard.compile(text(field, operand));
            return scope -> variable.read(scope) instanceof String value && pattern.matches(value);
        });
        return Collections.unmodifiableMap(table);
    }

    private static Condition literal(
            Operand variable, Family family, Relation relation, String field, Object operand)
            throws ExpressionSyntaxException {
        if (!family.accepts(operand)) {
            throw new ExpressionSyntaxException(
                    field,
                    family == Family.TIMESTAMP && operand instanceof String
                            ? "String does not match RFC3339 timestamp"
                            : "Expected value of type "
                                    + (family == Family.NUMERIC ? "Number" : family.prefix()));
        }
        return scope -> holds(family, relation, variable.read(scope), operand);
    }

    private static Condition path(
            Operand variable, Family family, Relation relation, Operand operand) {
        return scope -> holds(family, relation, variable.read(scope), operand.read(scope));
    }

    private static boolean holds(Family family, Relation relation, Object left, Object right) {
        OptionalInt order = family.compare(left, right);
        return order.isPresent() && relation.holds(order.getAsInt());
    }

    private static boolean flag(String field, Object operand) throws ExpressionSyntaxException {
        if (operand instanceof Boolean flag) {
            return flag;
        }
        throw new ExpressionSyntaxException(field, "Expected value of type Boolean");
    }

    private static String text(String field, Object operand) throws ExpressionSyntaxException {
        if (operand instanceof String text) {
            return text;
        }
        throw new ExpressionSyntaxException(field, "Expected value of type String");
    }

    /// A reference path on either side of a comparison. Reading a place that does not exist fails
    /// the execution, even if the state has a `Default`.
    record Operand(String path, Expression expression) {
        static Operand compile(String field, Object path) throws ExpressionSyntaxException {
            String text = text(field, path);
            if (!text.startsWith("$")) {
                throw new ExpressionSyntaxException(
                        field,
                        "Value is not a Reference Path: Reference path didn't start with '$'");
            }
            try {
                return new Operand(text, JsonPath.referencePath(text));
            } catch (ExpressionSyntaxException notAPath) {
                throw new ExpressionSyntaxException(field, notAPath.getMessage());
            }
        }

        Object read(Scope scope) throws EvaluationFailed {
            try {
                return expression.evaluate(scope).value();
            } catch (EvaluationFailed _) {
                throw EvaluationFailed.runtime(
                        "Invalid path '%s': The choice state's condition path references an invalid value."
                                .formatted(path));
            }
        }

        boolean isPresent(Scope scope) {
            try {
                expression.evaluate(scope);
                return true;
            } catch (EvaluationFailed _) {
                return false;
            }
        }
    }
}
