package dev.mapwright.adapters.tables.local.item;

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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Sizes as DynamoDB counts them, in bytes: the unit of its item limit, its pages and its capacity
/// units.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
public final class ItemSize {
    public static final int ITEM_BYTES_MAX = 400 * 1024;

    private static final int COLLECTION_BYTES = 3;
    private static final int ELEMENT_BYTES = 1;

    private ItemSize() {}

    /// Attribute names and values.
    public static int of(M item) {
        int bytes = 0;
        for (Map.Entry<String, AttributeValue> member : item.members().entrySet()) {
            bytes += utf8(member.getKey()) + of(member.getValue());
        }
        return bytes;
    }

    public static int of(AttributeValue value) {
        return switch (value) {
            case S(String text) -> utf8(text);
            case N(String digits) -> number(digits);
            case B(byte[] bytes) -> bytes.length;
            case Bool _, Null _ -> 1;
            case L(List<AttributeValue> elements) ->
                COLLECTION_BYTES
                        + elements.stream()
                                .mapToInt(element -> ELEMENT_BYTES + of(element))
                                .sum();
            case M map ->
                COLLECTION_BYTES + of(map) + ELEMENT_BYTES * map.members().size();
            case SS(Set<String> elements) ->
                elements.stream().mapToInt(ItemSize::utf8).sum();
            case NS(Set<String> elements) ->
                elements.stream().mapToInt(ItemSize::number).sum();
            case BS(Set<B> elements) ->
                elements.stream().mapToInt(element -> element.bytes().length).sum();
        };
    }

    /// Encoding is many times faster than counting character by character.
    public static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// One byte for two significant digits, one for the exponent, one more below zero.
    private static int number(String digits) {
        int first = 0;
        int last = digits.length();
        while (first < last && !isSignificant(digits.charAt(first))) {
            first++;
        }
        while (last > first && !isSignificant(digits.charAt(last - 1))) {
            last--;
        }
        int point = digits.indexOf('.');
        int significant = last - first - (point > first && point < last ? 1 : 0);
        return (significant + 1) / 2 + 1 + (digits.charAt(0) == '-' ? 1 : 0);
    }

    private static boolean isSignificant(char c) {
        return c >= '1' && c <= '9';
    }
}
