package dev.mapwright.asl.expression.jsonata;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/// What kind of value a field takes from its expression.
public enum Expected {
    ANY("any"),
    ARRAY("array"),
    /// `Items` of a distributed Map; AWS's message names the array alone.
    ARRAY_OR_OBJECT("array"),
    BOOLEAN("boolean"),
    INTEGER("integer"),
    NUMBER("number"),
    OBJECT("object"),
    STRING("string");

    private final String name;

    Expected(String name) {
        this.name = name;
    }

    String typeName() {
        return name;
    }

    boolean accepts(Object value) {
        return switch (this) {
            case ANY -> true;
            case ARRAY -> value instanceof List;
            case ARRAY_OR_OBJECT -> value instanceof List || value instanceof Map;
            case BOOLEAN -> value instanceof Boolean;
            case INTEGER ->
                value instanceof Integer
                        || value instanceof Long
                        || value instanceof BigInteger
                        || value instanceof Double number && number == Math.rint(number);
            case NUMBER -> value instanceof Number;
            case OBJECT -> value instanceof Map;
            case STRING -> value instanceof String;
        };
    }

    static String typeOf(Object value) {
        return switch (value) {
            case null -> "null";
            case List<?> _ -> "array";
            case Map<?, ?> _ -> "object";
            case Boolean _ -> "boolean";
            case Number _ -> "number";
            default -> "string";
        };
    }
}
