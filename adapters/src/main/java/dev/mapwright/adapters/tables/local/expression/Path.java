package dev.mapwright.adapters.tables.local.expression;

import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.AttributeValue.L;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;

import java.util.List;
import java.util.Optional;

/// A document path, `a.b[2]`, placeholders resolved. The first step is always a member.
public record Path(List<Step> steps) {
    public sealed interface Step {
        record Member(String name) implements Step {
            @Override
            public String toString() {
                return name;
            }
        }

        record Element(int index) implements Step {
            @Override
            public String toString() {
                return "[" + index + "]";
            }
        }
    }

    /// The attribute of the item that the path begins with.
    public String attribute() {
        return steps.getFirst().toString();
    }

    boolean isNested() {
        return steps.size() > 1;
    }

    Optional<AttributeValue> find(M item) {
        AttributeValue at = item;
        for (Step step : steps) {
            Optional<AttributeValue> inner = child(at, step);
            if (inner.isEmpty()) {
                return inner;
            }
            at = inner.get();
        }
        return Optional.of(at);
    }

    static Optional<AttributeValue> child(AttributeValue value, Step step) {
        return switch (step) {
            case Step.Member(String name) ->
                value instanceof M(var members)
                        ? Optional.ofNullable(members.get(name))
                        : Optional.empty();
            case Step.Element(int index) ->
                value instanceof L(var elements) && index < elements.size()
                        ? Optional.of(elements.get(index))
                        : Optional.empty();
        };
    }

    /// `[a, b, [2]]`: as DynamoDB's messages spell paths.
    @Override
    public String toString() {
        return steps.toString();
    }
}
