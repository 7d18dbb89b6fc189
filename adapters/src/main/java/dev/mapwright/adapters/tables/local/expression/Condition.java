package dev.mapwright.adapters.tables.local.expression;

import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.AttributeValue.B;
import dev.mapwright.adapters.tables.local.item.AttributeValue.BS;
import dev.mapwright.adapters.tables.local.item.AttributeValue.L;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.AttributeValue.N;
import dev.mapwright.adapters.tables.local.item.AttributeValue.NS;
import dev.mapwright.adapters.tables.local.item.AttributeValue.S;
import dev.mapwright.adapters.tables.local.item.AttributeValue.SS;
import dev.mapwright.adapters.tables.local.item.KeyOrder;
import dev.mapwright.adapters.tables.local.item.Numbers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/// A condition or filter, parsed and checked: true or false of an item.
public sealed interface Condition {
    enum Comparator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Comparator(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }

        /// The one that says the same with its operands exchanged.
        Comparator mirrored() {
            return switch (this) {
                case EQUAL, NOT_EQUAL -> this;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }
    }

    record Comparison(Comparator comparator, Operand left, Operand right) implements Condition {}

    record Between(Operand operand, Operand low, Operand high) implements Condition {}

    record In(Operand operand, List<Operand> choices) implements Condition {}

    record And(Condition left, Condition right) implements Condition {}

    record Or(Condition left, Condition right) implements Condition {}

    record Not(Condition inner) implements Condition {}

    record Exists(Path path) implements Condition {}

    record Lacks(Path path) implements Condition {}

    record HasType(Path path, String type) implements Condition {}

    record BeginsWith(Operand operand, Operand prefix) implements Condition {}

    record Contains(Operand container, Operand element) implements Condition {}

    /// @param kind [Kind#CONDITION] or [Kind#FILTER]
    /// @throws dev.mapwright.adapters.tables.local.item.TableException if the expression is invalid
    static Condition parse(Kind kind, String text, Placeholders placeholders) {
        return ConditionParser.parse(kind, text, placeholders);
    }

    /// Whether the item satisfies this; an item that doesn't exist is an empty one.
    default boolean holds(M item) {
        return switch (this) {
            case Comparison(Comparator comparator, Operand left, Operand right) ->
                compare(comparator, left.evaluate(item), right.evaluate(item));
            case Between(Operand operand, Operand low, Operand high) ->
                compare(Comparator.GREATER_OR_EQUAL, operand.evaluate(item), low.evaluate(item))
                        && compare(
                                Comparator.LESS_OR_EQUAL,
                                operand.evaluate(item),
                                high.evaluate(item));
            case In(Operand operand, List<Operand> choices) ->
                choices.stream()
                        .anyMatch(choice -> compare(
                                Comparator.EQUAL, operand.evaluate(item), choice.evaluate(item)));
            case And(Condition left, Condition right) -> left.holds(item) && right.holds(item);
            case Or(Condition left, Condition right) -> left.holds(item) || right.holds(item);
            case Not(Condition inner) -> !inner.holds(item);
            case Exists(Path path) -> path.find(item).isPresent();
            case Lacks(Path path) -> path.find(item).isEmpty();
            case HasType(Path path, String type) ->
                path.find(item).filter(found -> found.type().equals(type)).isPresent();
            case BeginsWith(Operand operand, Operand prefix) ->
                both(operand, prefix, item, Condition::beginsWith);
            case Contains(Operand container, Operand element) ->
                both(container, element, item, Condition::contains);
        };
    }

    /// Names of the item's attributes that this looks at.
    default Stream<String> attributes() {
        return switch (this) {
            case Comparison compared -> of(compared.left(), compared.right());
            case Between(Operand operand, Operand low, Operand high) -> of(operand, low, high);
            case In(Operand operand, List<Operand> choices) ->
                Stream.concat(of(operand), of(choices.toArray(Operand[]::new)));
            case And(Condition left, Condition right) ->
                Stream.concat(left.attributes(), right.attributes());
            case Or(Condition left, Condition right) ->
                Stream.concat(left.attributes(), right.attributes());
            case Not(Condition inner) -> inner.attributes();
            case Exists(Path path) -> Stream.of(path.attribute());
            case Lacks(Path path) -> Stream.of(path.attribute());
            case HasType typed -> Stream.of(typed.path().attribute());
            case BeginsWith(Operand operand, Operand prefix) -> of(operand, prefix);
            case Contains(Operand container, Operand element) -> of(container, element);
        };
    }

    private static Stream<String> of(Operand... operands) {
        return Stream.of(operands).flatMap(operand -> switch (operand) {
            case Operand.Attribute(Path path) -> Stream.of(path.attribute());
            case Operand.Size(Path path) -> Stream.of(path.attribute());
            case Operand.Literal _ -> Stream.empty();
        });
    }

    private static boolean both(
            Operand left, Operand right, M item, BiPredicate<AttributeValue, AttributeValue> test) {
        Optional<AttributeValue> first = left.evaluate(item);
        Optional<AttributeValue> second = right.evaluate(item);
        return first.isPresent() && second.isPresent() && test.test(first.get(), second.get());
    }

    /// An absent attribute equals nothing, and so differs from everything.
    private static boolean compare(
            Comparator comparator, Optional<AttributeValue> left, Optional<AttributeValue> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return comparator == Comparator.NOT_EQUAL;
        }
        return switch (comparator) {
            case EQUAL -> left.get().equals(right.get());
            case NOT_EQUAL -> !left.get().equals(right.get());
            case LESS -> isOrdered(left.get(), right.get()) && order(left.get(), right.get()) < 0;
            case LESS_OR_EQUAL ->
                isOrdered(left.get(), right.get()) && order(left.get(), right.get()) <= 0;
            case GREATER ->
                isOrdered(left.get(), right.get()) && order(left.get(), right.get()) > 0;
            case GREATER_OR_EQUAL ->
                isOrdered(left.get(), right.get()) && order(left.get(), right.get()) >= 0;
        };
    }

    private static boolean isOrdered(AttributeValue left, AttributeValue right) {
        return hasOrder(left) && left.type().equals(right.type());
    }

    static boolean hasOrder(AttributeValue value) {
        return value instanceof S || value instanceof N || value instanceof B;
    }

    /// Order of two values of one type that has an order.
    static int order(AttributeValue left, AttributeValue right) {
        return left instanceof N number && right instanceof N other
                ? Numbers.compare(number, other)
                : Arrays.compareUnsigned(KeyOrder.of(left), KeyOrder.of(right));
    }

    private static boolean beginsWith(AttributeValue value, AttributeValue prefix) {
        return switch (value) {
            case S(String text) -> prefix instanceof S(String start) && text.startsWith(start);
            case B(byte[] bytes) ->
                prefix instanceof B(byte[] start)
                        && start.length <= bytes.length
                        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
            case AttributeValue _ -> false;
        };
    }

    private static boolean contains(AttributeValue container, AttributeValue element) {
        return switch (container) {
            case S(String text) -> element instanceof S(String part) && text.contains(part);
            case B(byte[] bytes) -> element instanceof B(byte[] part) && indexOf(bytes, part) >= 0;
            case L(var elements) -> elements.contains(element);
            case SS(var elements) -> element instanceof S(String text) && elements.contains(text);
            case NS(var elements) ->
                element instanceof N(String digits) && elements.contains(digits);
            case BS(var elements) -> element instanceof B binary && elements.contains(binary);
            case AttributeValue _ -> false;
        };
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int from = 0; from + part.length <= bytes.length; from++) {
            if (Arrays.equals(bytes, from, from + part.length, part, 0, part.length)) {
                return from;
            }
        }
        return -1;
    }
}
