package dev.mapwright.adapters.tables.local.expression;

import dev.mapwright.adapters.tables.local.expression.Condition.Comparator;
import dev.mapwright.adapters.tables.local.expression.Operand.Attribute;
import dev.mapwright.adapters.tables.local.expression.Operand.Literal;
import dev.mapwright.adapters.tables.local.item.AttributeJson;
import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.AttributeValue.B;
import dev.mapwright.adapters.tables.local.item.AttributeValue.S;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads condition, filter and key condition expressions: `OR` under `AND` under `NOT` under
/// comparisons, functions and parentheses; checks operands as far as they are known without an
/// item.
final class ConditionParser {
    static final int IN_CHOICES_MAX = 100;

    private static final Set<String> TYPE_NAMES =
            Set.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");
    private static final Set<String> UPDATE_FUNCTIONS = Set.of("if_not_exists", "list_append");

    private final Cursor cursor;
    private final Kind kind;

    private ConditionParser(Cursor cursor) {
        this.cursor = cursor;
        this.kind = cursor.kind();
    }

    static Condition parse(Kind kind, String text, Placeholders placeholders) {
        var parser = new ConditionParser(new Cursor(kind, text, placeholders));
        Condition condition = parser.disjunction();
        parser.cursor.expectEnd();
        return condition;
    }

    private Condition disjunction() {
        Condition condition = conjunction();
        while (cursor.takeWordIf("OR")) {
            condition = new Condition.Or(condition, conjunction());
        }
        return condition;
    }

    private Condition conjunction() {
        Condition condition = negation();
        while (cursor.takeWordIf("AND")) {
            condition = new Condition.And(condition, negation());
        }
        return condition;
    }

    private Condition negation() {
        if (!cursor.takeWordIf("NOT")) {
            return primary();
        }
        cursor.descend();
        Condition inner = negation();
        cursor.ascend();
        return new Condition.Not(inner);
    }

    private Condition primary() {
        if (cursor.takeIf("(")) {
            cursor.descend();
            Condition inner = disjunction();
            cursor.expect(")");
            cursor.ascend();
            return inner;
        }
        if (cursor.isFunctionCall() && !cursor.peek().text().equals("size")) {
            return function();
        }
        return comparison(operand());
    }

    private Condition comparison(Operand left) {
        if (cursor.takeWordIf("BETWEEN")) {
            Operand low = operand();
            cursor.expectWord("AND");
            return between(left, low, operand());
        }
        if (cursor.takeWordIf("IN")) {
            return in(left);
        }
        for (Comparator comparator : Comparator.values()) {
            if (cursor.takeIf(comparator.symbol())) {
                return compared(comparator, left, operand());
            }
        }
        throw cursor.unexpected();
    }

    private Condition compared(Comparator comparator, Operand left, Operand right) {
        if (comparator != Comparator.EQUAL && comparator != Comparator.NOT_EQUAL) {
            checkOrdered(comparator.symbol(), left);
            checkOrdered(comparator.symbol(), right);
        }
        if (left.equals(right) && left instanceof Attribute(Path path)) {
            throw kind.invalid(
                    ("The first operand must be distinct from the remaining operands for this operator or"
                                    + " function; operator: %s, first operand: %s")
                            .formatted(comparator.symbol(), path));
        }
        return new Condition.Comparison(comparator, left, right);
    }

    private Condition between(Operand operand, Operand low, Operand high) {
        checkOrdered("BETWEEN", operand);
        checkOrdered("BETWEEN", low);
        checkOrdered("BETWEEN", high);
        if (low instanceof Literal(AttributeValue from)
                && high instanceof Literal(AttributeValue to)) {
            String bounds =
                    "; lower bound operand: AttributeValue: %s, upper bound operand: AttributeValue: %s"
                            .formatted(shown(from), shown(to));
            if (!from.type().equals(to.type())) {
                throw kind.invalid(
                        "The BETWEEN operator requires same data type for lower and upper bounds"
                                + bounds);
            }
            if (Condition.order(from, to) > 0) {
                throw kind.invalid(
                        "The BETWEEN operator requires upper bound to be greater than or equal to lower"
                                + " bound" + bounds);
            }
        }
        return new Condition.Between(operand, low, high);
    }

    private Condition in(Operand operand) {
        cursor.expect("(");
        var choices = new ArrayList<Operand>();
        do {
            choices.add(operand());
        } while (cursor.takeIf(","));
        cursor.expect(")");
        if (choices.size() > IN_CHOICES_MAX) {
            throw kind.invalid("Too many operands in the IN operator; allowed are %d, given are %d"
                    .formatted(IN_CHOICES_MAX, choices.size()));
        }
        return new Condition.In(operand, choices);
    }

    private Condition function() {
        String name = cursor.take().text();
        return switch (name) {
            case "attribute_exists" ->
                new Condition.Exists(path(name, arguments(name, 1).getFirst()));
            case "attribute_not_exists" ->
                new Condition.Lacks(path(name, arguments(name, 1).getFirst()));
            case "attribute_type" -> attributeType(arguments(name, 2));
            case "begins_with" -> beginsWith(arguments(name, 2));
            case "contains" -> contains(arguments(name, 2));
            default -> throw unknownFunction(name);
        };
    }

    private Condition attributeType(List<Operand> arguments) {
        Path path = path("attribute_type", arguments.get(0));
        if (!(arguments.get(1) instanceof Literal(AttributeValue value))
                || !(value instanceof S(String type))) {
            throw kind.incorrectOperand("attribute_type", literalType(arguments.get(1)));
        }
        if (!TYPE_NAMES.contains(type)) {
            throw kind.invalid(
                    "Invalid attribute type name found; type: %s, valid types:".formatted(type)
                            + " {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
        }
        return new Condition.HasType(path, type);
    }

    private Condition beginsWith(List<Operand> arguments) {
        for (Operand argument : arguments) {
            if (argument instanceof Literal(AttributeValue value)
                    && !(value instanceof S || value instanceof B)) {
                throw kind.incorrectOperand("begins_with", value.type());
            }
        }
        return new Condition.BeginsWith(arguments.get(0), arguments.get(1));
    }

    private Condition contains(List<Operand> arguments) {
        if (arguments.get(0).equals(arguments.get(1))
                && arguments.get(0) instanceof Attribute(Path path)) {
            throw kind.invalid(
                    ("The first operand must be distinct from the remaining operands for this operator or"
                                    + " function; operator: contains, first operand: %s")
                            .formatted(path));
        }
        return new Condition.Contains(arguments.get(0), arguments.get(1));
    }

    private List<Operand> arguments(String function, int count) {
        cursor.expect("(");
        var arguments = new ArrayList<Operand>();
        do {
            arguments.add(operand());
        } while (cursor.takeIf(","));
        cursor.expect(")");
        if (arguments.size() != count) {
            throw kind.invalid(
                    ("Incorrect number of operands for operator or function; operator or function: %s,"
                                    + " number of operands: %d")
                            .formatted(function, arguments.size()));
        }
        return arguments;
    }

    private Operand operand() {
        if (cursor.isFunctionCall()) {
            String name = cursor.take().text();
            if (!name.equals("size")) {
                throw unknownFunction(name);
            }
            return new Operand.Size(path(name, arguments(name, 1).getFirst()));
        }
        return cursor.isPath() ? new Attribute(cursor.path()) : new Literal(cursor.value());
    }

    private Path path(String function, Operand operand) {
        if (operand instanceof Attribute(Path path)) {
            return path;
        }
        throw kind.invalid(
                "Operator or function requires a document path; operator or function: " + function);
    }

    private void checkOrdered(String operator, Operand operand) {
        if (operand instanceof Literal(AttributeValue value) && !Condition.hasOrder(value)) {
            throw kind.incorrectOperand(operator, value.type());
        }
    }

    private TableException unknownFunction(String name) {
        return UPDATE_FUNCTIONS.contains(name)
                ? kind.invalid("The function is not allowed in %s; function: %s"
                        .formatted(kind.phrase(), name))
                : kind.invalid("Invalid function name; function: " + name);
    }

    private static String literalType(Operand operand) {
        return Optional.of(operand)
                .filter(Literal.class::isInstance)
                .map(literal -> ((Literal) literal).value().type())
                .orElse("PATH");
    }

    private static String shown(AttributeValue value) {
        var typed = AttributeJson.write(value).entrySet().iterator().next();
        return "{%s:%s}".formatted(typed.getKey(), typed.getValue());
    }
}
