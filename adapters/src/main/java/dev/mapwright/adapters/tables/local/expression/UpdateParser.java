package dev.mapwright.adapters.tables.local.expression;

import dev.mapwright.adapters.tables.local.expression.Update.Action;
import dev.mapwright.adapters.tables.local.expression.Update.Value;
import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.AttributeValue.B;
import dev.mapwright.adapters.tables.local.item.AttributeValue.BS;
import dev.mapwright.adapters.tables.local.item.AttributeValue.Bool;
import dev.mapwright.adapters.tables.local.item.AttributeValue.L;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.AttributeValue.N;
import dev.mapwright.adapters.tables.local.item.AttributeValue.NS;
import dev.mapwright.adapters.tables.local.item.AttributeValue.Null;
import dev.mapwright.adapters.tables.local.item.AttributeValue.S;
import dev.mapwright.adapters.tables.local.item.AttributeValue.SS;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads update expressions: `SET`, `REMOVE`, `ADD` and `DELETE` sections in any order, each at
/// most once.
final class UpdateParser {
    private static final Kind KIND = Kind.UPDATE;
    private static final Set<String> CONDITION_FUNCTIONS = Set.of(
            "attribute_exists",
            "attribute_not_exists",
            "attribute_type",
            "begins_with",
            "contains",
            "size");

    private final Cursor cursor;
    private final List<Action> actions = new ArrayList<>();
    private final Projection touched = new Projection();

    private UpdateParser(Cursor cursor) {
        this.cursor = cursor;
    }

    static Update parse(String text, Placeholders placeholders) {
        var parser = new UpdateParser(new Cursor(KIND, text, placeholders));
        parser.sections();
        return new Update(parser.actions, parser.touched);
    }

    private void sections() {
        var seen = new HashSet<String>();
        do {
            String section = cursor.peek().text().toUpperCase(Locale.ROOT);
            if (!Set.of("SET", "REMOVE", "ADD", "DELETE").contains(section)) {
                throw cursor.unexpected();
            }
            cursor.take();
            if (!seen.add(section)) {
                throw KIND.invalid(
                        "The \"%s\" section can only be used once in an update expression;"
                                .formatted(section));
            }
            section(section);
        } while (cursor.peek().type() != Token.Type.END);
    }

    private void section(String section) {
        do {
            Path path = cursor.path();
            touched.add(KIND, path);
            actions.add(
                    switch (section) {
                        case "SET" -> set(path);
                        case "REMOVE" -> new Action.Remove(path);
                        case "ADD" -> new Action.Add(path, addend(cursor.value()));
                        case "DELETE" -> new Action.Delete(path, deletable(cursor.value()));
                        default ->
                            throw new IllegalStateException(
                                    "Expected a section of an update, found " + section);
                    });
        } while (cursor.takeIf(","));
    }

    private Action set(Path path) {
        cursor.expect("=");
        return new Action.Set(path, sum());
    }

    private Value sum() {
        Value left = operand();
        if (cursor.takeIf("+")) {
            return new Value.Plus(checked("+", left), checked("+", operand()));
        }
        if (cursor.takeIf("-")) {
            return new Value.Minus(checked("-", left), checked("-", operand()));
        }
        return left;
    }

    private Value checked(String operator, Value value) {
        if (value instanceof Value.Literal(AttributeValue literal) && !(literal instanceof N)) {
            throw KIND.incorrectOperand(operator, literal.type());
        }
        return value;
    }

    private Value operand() {
        if (cursor.takeIf("(")) {
            cursor.descend();
            Value inner = sum();
            cursor.expect(")");
            cursor.ascend();
            return inner;
        }
        if (cursor.isFunctionCall()) {
            cursor.descend();
            Value call = function(cursor.take().text());
            cursor.ascend();
            return call;
        }
        return cursor.isPath()
                ? new Value.Attribute(cursor.path())
                : new Value.Literal(cursor.value());
    }

    private Value function(String name) {
        return switch (name) {
            case "if_not_exists" -> {
                List<Value> arguments = arguments(name);
                if (!(arguments.getFirst() instanceof Value.Attribute(Path path))) {
                    throw KIND.invalid(
                            "Operator or function requires a document path; operator or function: "
                                    + name);
                }
                yield new Value.IfNotExists(path, arguments.getLast());
            }
            case "list_append" -> {
                List<Value> arguments = arguments(name);
                for (Value argument : arguments) {
                    if (argument instanceof Value.Literal(AttributeValue literal)
                            && !(literal instanceof L)) {
                        throw KIND.incorrectOperand(name, literal.type());
                    }
                }
                yield new Value.ListAppend(arguments.getFirst(), arguments.getLast());
            }
            default ->
                throw CONDITION_FUNCTIONS.contains(name)
                        ? KIND.invalid(
                                "The function is not allowed in an update expression; function: "
                                        + name)
                        : KIND.invalid("Invalid function name; function: " + name);
        };
    }

    private List<Value> arguments(String function) {
        cursor.expect("(");
        var arguments = new ArrayList<Value>();
        do {
            arguments.add(operand());
        } while (cursor.takeIf(","));
        cursor.expect(")");
        if (arguments.size() != 2) {
            throw KIND.invalid(
                    ("Incorrect number of operands for operator or function; operator or function: %s,"
                                    + " number of operands: %d")
                            .formatted(function, arguments.size()));
        }
        return arguments;
    }

    private static AttributeValue addend(AttributeValue value) {
        return switch (value) {
            case N _, SS _, NS _, BS _ -> value;
            case AttributeValue _ -> throw wrongSection("ADD", value);
        };
    }

    private static AttributeValue deletable(AttributeValue value) {
        return switch (value) {
            case SS _, NS _, BS _ -> value;
            case AttributeValue _ -> throw wrongSection("DELETE", value);
        };
    }

    private static TableException wrongSection(String section, AttributeValue value) {
        return KIND.invalid(
                ("Incorrect operand type for operator or function; operator: %s, operand type: %s,"
                                + " typeSet: ALLOWED_FOR_%s_OPERAND")
                        .formatted(section, longType(value), section));
    }

    private static String longType(AttributeValue value) {
        return switch (value) {
            case S _ -> "STRING";
            case N _ -> "NUMBER";
            case B _ -> "BINARY";
            case Bool _ -> "BOOLEAN";
            case Null _ -> "NULL";
            case L _ -> "LIST";
            case M _ -> "MAP";
            case SS _ -> "STRING_SET";
            case NS _ -> "NUMBER_SET";
            case BS _ -> "BINARY_SET";
        };
    }
}
