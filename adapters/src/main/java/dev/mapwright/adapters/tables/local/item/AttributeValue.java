package dev.mapwright.adapters.tables.local.item;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The value of an attribute, under DynamoDB's own type names. Values are never changed after they
/// were made, and compare as DynamoDB compares: numbers by value (their text is normalised), sets
/// and maps without order.
public sealed interface AttributeValue {
    record S(String value) implements AttributeValue {}

    /// @param digits the normalised text that [Numbers#normalise] makes
    record N(String digits) implements AttributeValue {}

    record B(byte[] bytes) implements AttributeValue {
        @Override
        public boolean equals(Object other) {
            return other instanceof B(byte[] others) && Arrays.equals(bytes, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return Base64.getEncoder().encodeToString(bytes);
        }
    }

    record Bool(boolean value) implements AttributeValue {}

    record Null() implements AttributeValue {}

    record L(List<AttributeValue> elements) implements AttributeValue {}

    /// A map; also a whole item.
    record M(Map<String, AttributeValue> members) implements AttributeValue {
        public static final M EMPTY = new M(Map.of());
    }

    record SS(Set<String> elements) implements AttributeValue {}

    /// @param elements normalised texts
    record NS(Set<String> elements) implements AttributeValue {}

    record BS(Set<B> elements) implements AttributeValue {}

    /// DynamoDB's name of the type: `S`, `N`, `BOOL`, …
    default String type() {
        return switch (this) {
            case S _ -> "S";
            case N _ -> "N";
            case B _ -> "B";
            case Bool _ -> "BOOL";
            case Null _ -> "NULL";
            case L _ -> "L";
            case M _ -> "M";
            case SS _ -> "SS";
            case NS _ -> "NS";
            case BS _ -> "BS";
        };
    }
}
