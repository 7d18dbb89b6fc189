package dev.mapwright.adapters.tables.local.expression;

import dev.mapwright.adapters.tables.local.expression.Condition.And;
import dev.mapwright.adapters.tables.local.expression.Condition.BeginsWith;
import dev.mapwright.adapters.tables.local.expression.Condition.Between;
import dev.mapwright.adapters.tables.local.expression.Condition.Comparator;
import dev.mapwright.adapters.tables.local.expression.Condition.Comparison;
import dev.mapwright.adapters.tables.local.expression.Operand.Attribute;
import dev.mapwright.adapters.tables.local.expression.Operand.Literal;
import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a Query asks of the keys: one partition, and a stretch of its sort keys.
public record KeyCondition(AttributeValue partition, Optional<SortRange> sort) {
    public sealed interface SortRange {
        record Compared(Comparator comparator, AttributeValue value) implements SortRange {}

        record Between(AttributeValue low, AttributeValue high) implements SortRange {}

        record BeginsWith(AttributeValue prefix) implements SortRange {}
    }

    private record Part(String attribute, SortRange range) {}

    /// @param partitionName attribute that must be given with `=`
    /// @throws TableException if the expression is invalid or asks for more than keys can answer
    public static KeyCondition parse(
            String text,
            Placeholders placeholders,
            String partitionName,
            Optional<String> sortName) {
        var parts = new ArrayList<Part>();
        flatten(ConditionParser.parse(Kind.KEY_CONDITION, text, placeholders), parts);
        if (parts.size() > 2) {
            throw TableException.validation("Conditions can be of length 1 or 2 only");
        }
        AttributeValue partition = partition(parts, partitionName);
        List<Part> others = parts.stream()
                .filter(part -> !part.attribute().equals(partitionName))
                .toList();
        if (others.size() < parts.size() - 1) {
            throw invalid("KeyConditionExpressions must only contain one condition per key");
        }
        if (others.isEmpty()) {
            return new KeyCondition(partition, Optional.empty());
        }
        Part other = others.getFirst();
        if (sortName.isEmpty()) {
            throw TableException.validation("Query key condition not supported");
        }
        if (!other.attribute().equals(sortName.get())) {
            throw TableException.validation(
                    "Query condition missed key schema element: " + sortName.get());
        }
        return new KeyCondition(partition, Optional.of(other.range()));
    }

    private static AttributeValue partition(List<Part> parts, String name) {
        Part part = parts.stream()
                .filter(each -> each.attribute().equals(name))
                .findFirst()
                .orElseThrow(() -> TableException.validation(
                        "Query condition missed key schema element: " + name));
        if (part.range() instanceof SortRange.Compared(Comparator comparator, AttributeValue value)
                && comparator == Comparator.EQUAL) {
            return value;
        }
        throw TableException.validation("Query key condition not supported");
    }

    private static void flatten(Condition condition, List<Part> parts) {
        switch (condition) {
            case And(Condition left, Condition right) -> {
                flatten(left, parts);
                flatten(right, parts);
            }
            case Comparison(
                    Comparator comparator,
                    Attribute(Path path),
                    Literal(AttributeValue value)) ->
                parts.add(part(path, compared(comparator, value)));
            case Comparison(
                    Comparator comparator,
                    Literal(AttributeValue value),
                    Attribute(Path path)) ->
                parts.add(part(path, compared(comparator.mirrored(), value)));
            case Between(
                    Attribute(Path path),
                    Literal(AttributeValue low),
                    Literal(AttributeValue high)) ->
                parts.add(part(path, new SortRange.Between(low, high)));
            case BeginsWith(Attribute(Path path), Literal(AttributeValue prefix)) ->
                parts.add(part(path, new SortRange.BeginsWith(prefix)));
            case Comparison _, Between _, BeginsWith _ ->
                throw invalid("KeyConditionExpressions must compare a key attribute with a value");
            case Condition.Or _ -> throw unsupported("OR");
            case Condition.Not _ -> throw unsupported("NOT");
            case Condition.In _ -> throw unsupported("IN");
            case Condition.Exists _ -> throw unsupported("attribute_exists");
            case Condition.Lacks _ -> throw unsupported("attribute_not_exists");
            case Condition.HasType _ -> throw unsupported("attribute_type");
            case Condition.Contains _ -> throw unsupported("contains");
        }
    }

    private static SortRange compared(Comparator comparator, AttributeValue value) {
        if (comparator == Comparator.NOT_EQUAL) {
            throw unsupported("<>");
        }
        return new SortRange.Compared(comparator, value);
    }

    private static Part part(Path path, SortRange range) {
        if (path.isNested()) {
            throw invalid("KeyConditionExpressions cannot have conditions on nested attributes");
        }
        return new Part(path.attribute(), range);
    }

    private static TableException unsupported(String operator) {
        return TableException.validation(
                "Invalid operator used in KeyConditionExpression: " + operator);
    }

    private static TableException invalid(String reason) {
        return Kind.KEY_CONDITION.invalid(reason);
    }
}
