package dev.mapwright.asl.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Turns a parser's tokens into a tree. Objects at the same depth often have the same members (the
/// items of an array), so the last shape of each depth is offered to the next object there.
final class TreeReader {
    /// So many digits, with an exponent well inside a double's range, survive the way through it
    /// unharmed.
    private static final int SAFE_DECIMAL_CHARS = 15;
    private static final double SAFE_MAGNITUDE_MIN = 1e-300;
    private static final double SAFE_MAGNITUDE_MAX = 1e300;

    /// Depths whose last shape is remembered.
    private static final int SHAPES_KEPT_MAX = 16;

    private final JsonParser parser;
    private JsonObject.Shape[] lastShapes = {};
    private int depth;

    TreeReader(JsonParser parser) {
        this.parser = parser;
    }

    /// The value that begins at the current token.
    Object read() {
        return value(parser.currentToken());
    }

    private Object value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("Expected a JSON value, found the token " + token);
        };
    }

    private Object array() {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_ARRAY) {
            return List.of();
        }
        depth++;
        var elements = new Object[8];
        int count = 0;
        do {
            if (count == elements.length) {
                elements = Arrays.copyOf(elements, count * 2);
            }
            elements[count++] = value(token);
            token = parser.nextToken();
        } while (token != JsonToken.END_ARRAY);
        depth--;
        return new JsonArray(Arrays.copyOf(elements, count));
    }

    private Object object() {
        String name = parser.nextName();
        if (name == null) {
            return Map.of();
        }
        depth++;
        Object members = sameShape(name);
        depth--;
        return members;
    }

    /// Reads as long as the names are those of the last object at this depth, then goes on without.
    private JsonObject sameShape(String first) {
        JsonObject.Shape shape = lastShape();
        var values = new Object[shape.size()];
        String name = first;
        int count = 0;
        while (name != null && count < values.length && shape.name(count).equals(name)) {
            values[count++] = value(parser.nextToken());
            name = parser.nextName();
        }
        if (name == null && count == values.length) {
            return shape.object(values);
        }
        var builder = new JsonObject.Builder(Math.max(8, count + 4));
        for (int i = 0; i < count; i++) {
            builder.put(shape.name(i), values[i]);
        }
        while (name != null) {
            builder.put(name, value(parser.nextToken()));
            name = parser.nextName();
        }
        JsonObject members = builder.build();
        keep(members.shape());
        return members;
    }

    private JsonObject.Shape lastShape() {
        return depth < lastShapes.length && lastShapes[depth] != null
                ? lastShapes[depth]
                : JsonObject.Shape.EMPTY;
    }

    private void keep(JsonObject.Shape shape) {
        if (depth < SHAPES_KEPT_MAX) {
            if (lastShapes.length == 0) {
                lastShapes = new JsonObject.Shape[SHAPES_KEPT_MAX];
            }
            lastShapes[depth] = shape;
        }
    }

    private Number decimal() {
        double approximate = parser.getDoubleValue();
        double magnitude = Math.abs(approximate);
        if (parser.getStringLength() <= SAFE_DECIMAL_CHARS
                && magnitude >= SAFE_MAGNITUDE_MIN
                && magnitude <= SAFE_MAGNITUDE_MAX) {
            return approximate;
        }
        BigDecimal exact = parser.getDecimalValue();
        boolean same = Double.isFinite(approximate)
                && BigDecimal.valueOf(approximate).compareTo(exact) == 0;
        return same ? (Number) approximate : exact;
    }
}
