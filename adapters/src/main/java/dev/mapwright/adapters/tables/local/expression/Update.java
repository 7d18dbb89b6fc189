package dev.mapwright.adapters.tables.local.expression;

import dev.mapwright.adapters.tables.local.expression.Path.Step;
import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.AttributeValue.L;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.AttributeValue.N;
import dev.mapwright.adapters.tables.local.item.Numbers;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// An update expression, parsed and checked: makes the new item from the old one.
///
/// Values are computed from the old item before anything is changed, as DynamoDB does.
///
/// @param touched every path that an action names
public record Update(List<Action> actions, Projection touched) {
    sealed interface Action {
        Path path();

        record Set(Path path, Value value) implements Action {}

        record Remove(Path path) implements Action {}

        /// To a number, or to a set.
        record Add(Path path, AttributeValue value) implements Action {}

        /// From a set.
        record Delete(Path path, AttributeValue value) implements Action {}
    }

    /// The right side of a SET.
    sealed interface Value {
        record Attribute(Path path) implements Value {}

        record Literal(AttributeValue value) implements Value {}

        record IfNotExists(Path path, Value otherwise) implements Value {}

        record ListAppend(Value left, Value right) implements Value {}

        record Plus(Value left, Value right) implements Value {}

        record Minus(Value left, Value right) implements Value {}
    }

    /// Nothing happens: UpdateItem without an UpdateExpression makes sure that the item exists.
    public static final Update NOTHING = new Update(List.of(), new Projection());

    private record Write(Path path, AttributeValue value) {}

    /// @throws TableException if the expression is invalid
    public static Update parse(String text, Placeholders placeholders) {
        return UpdateParser.parse(text, placeholders);
    }

    /// @throws TableException if the item doesn't fit the expression
    public M apply(M item) {
        var writes = new ArrayList<Write>();
        var removals = new ArrayList<Path>();
        for (Action action : actions) {
            switch (action) {
                case Action.Set(Path path, Value value) ->
                    writes.add(new Write(path, evaluate(value, item)));
                case Action.Remove(Path path) -> planRemoval(path, item, removals);
                case Action.Add(Path path, AttributeValue value) ->
                    writes.add(new Write(path, SetArithmetic.add(path.find(item), value)));
                case Action.Delete(Path path, AttributeValue value) ->
                    path.find(item).ifPresent(from -> SetArithmetic.delete(from, value)
                            .ifPresentOrElse(
                                    rest -> writes.add(new Write(path, rest)),
                                    () -> removals.add(path)));
            }
        }
        return change(item, writes, removals);
    }

    /// Elements are appended from low to high index and removed from high to low, so that each
    /// index means what it meant in the old item.
    private static M change(M item, List<Write> writes, List<Path> removals) {
        writes.sort(Comparator.comparing(Write::path, Update::byIndex));
        removals.sort(((Comparator<Path>) Update::byIndex).reversed());
        AttributeValue changed = item;
        for (Write write : writes) {
            changed = set(changed, write.path().steps(), write.value());
        }
        for (Path path : removals) {
            changed = remove(changed, path.steps());
        }
        return (M) changed;
    }

    private static void planRemoval(Path path, M item, List<Path> removals) {
        if (path.isNested()
                && new Path(path.steps().subList(0, path.steps().size() - 1))
                        .find(item)
                        .isEmpty()) {
            throw invalidPath();
        }
        if (path.find(item).isPresent()) {
            removals.add(path);
        }
    }

    private static int byIndex(Path left, Path right) {
        int common = Math.min(left.steps().size(), right.steps().size());
        for (int i = 0; i < common; i++) {
            if (left.steps().get(i) instanceof Step.Element(int one)
                    && right.steps().get(i) instanceof Step.Element(int two)
                    && one != two) {
                return Integer.compare(one, two);
            }
            int order = left.steps()
                    .get(i)
                    .toString()
                    .compareTo(right.steps().get(i).toString());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.steps().size(), right.steps().size());
    }

    private static AttributeValue set(
            AttributeValue container, List<Step> steps, AttributeValue value) {
        Step step = steps.getFirst();
        List<Step> deeper = steps.subList(1, steps.size());
        AttributeValue inner = deeper.isEmpty()
                ? value
                : set(Path.child(container, step).orElseThrow(Update::invalidPath), deeper, value);
        return switch (step) {
            case Step.Member(String name)
            when container instanceof M(var members) -> {
                var changed = new LinkedHashMap<>(members);
                changed.put(name, inner);
                yield new M(changed);
            }
            case Step.Element(int index)
            when container instanceof L(var elements) -> {
                var changed = new ArrayList<>(elements);
                if (index < changed.size()) {
                    changed.set(index, inner);
                } else {
                    changed.add(inner);
                }
                yield new L(changed);
            }
            case Step _ -> throw invalidPath();
        };
    }

    private static AttributeValue remove(AttributeValue container, List<Step> steps) {
        Step step = steps.getFirst();
        List<Step> deeper = steps.subList(1, steps.size());
        if (!deeper.isEmpty()) {
            AttributeValue inner = Path.child(container, step).orElseThrow(Update::invalidPath);
            return set(container, List.of(step), remove(inner, deeper));
        }
        return switch (step) {
            case Step.Member(String name)
            when container instanceof M(var members) -> {
                var changed = new LinkedHashMap<>(members);
                changed.remove(name);
                yield new M(changed);
            }
            case Step.Element(int index)
            when container instanceof L(var elements) -> {
                var changed = new ArrayList<>(elements);
                changed.remove(index);
                yield new L(changed);
            }
            case Step _ -> throw invalidPath();
        };
    }

    private static AttributeValue evaluate(Value value, M item) {
        return switch (value) {
            case Value.Attribute(Path path) ->
                path.find(item)
                        .orElseThrow(
                                () -> invalid(
                                        "The provided expression refers to an attribute that does not exist in the item"));
            case Value.Literal(AttributeValue literal) -> literal;
            case Value.IfNotExists(Path path, Value otherwise) -> {
                Optional<AttributeValue> present = path.find(item);
                yield present.isPresent() ? present.get() : evaluate(otherwise, item);
            }
            case Value.ListAppend(Value left, Value right) -> {
                var elements = new ArrayList<>(list(evaluate(left, item)));
                elements.addAll(list(evaluate(right, item)));
                yield new L(elements);
            }
            case Value.Plus(Value left, Value right) ->
                Numbers.add(number(evaluate(left, item)), number(evaluate(right, item)));
            case Value.Minus(Value left, Value right) ->
                Numbers.subtract(number(evaluate(left, item)), number(evaluate(right, item)));
        };
    }

    private static N number(AttributeValue value) {
        if (value instanceof N number) {
            return number;
        }
        throw incorrectType();
    }

    private static List<AttributeValue> list(AttributeValue value) {
        if (value instanceof L(var elements)) {
            return elements;
        }
        throw incorrectType();
    }

    static TableException incorrectType() {
        return invalid("An operand in the update expression has an incorrect data type");
    }

    private static TableException invalidPath() {
        return invalid("The document path provided in the update expression is invalid for update");
    }

    /// What only shows when the item is there is reported without naming the expression.
    private static TableException invalid(String message) {
        return TableException.validation(message);
    }
}
