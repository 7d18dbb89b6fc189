package dev.mapwright.adapters.tables.local.expression;

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

import java.util.Optional;

/// What a condition compares. An attribute that the item lacks has no value.
public sealed interface Operand {
    record Attribute(Path path) implements Operand {}

    record Literal(AttributeValue value) implements Operand {}

    record Size(Path path) implements Operand {}

    default Optional<AttributeValue> evaluate(M item) {
        return switch (this) {
            case Attribute(Path path) -> path.find(item);
            case Literal(AttributeValue value) -> Optional.of(value);
            case Size(Path path) -> path.find(item).flatMap(Operand::size);
        };
    }

    private static Optional<AttributeValue> size(AttributeValue value) {
        return switch (value) {
            case S(String text) -> count(text.length());
            case B(byte[] bytes) -> count(bytes.length);
            case L(var elements) -> count(elements.size());
            case M(var members) -> count(members.size());
            case SS(var elements) -> count(elements.size());
            case NS(var elements) -> count(elements.size());
            case BS(var elements) -> count(elements.size());
            case N _, Bool _, Null _ -> Optional.empty();
        };
    }

    private static Optional<AttributeValue> count(int size) {
        return Optional.of(new N(Integer.toString(size)));
    }
}
