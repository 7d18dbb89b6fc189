package dev.mapwright.asl.json;

import java.util.List;
import java.util.Map;

/// Writes trees as compact text: no spaces, numbers with their digits, and of all characters only
/// quotes, backslashes and control characters escaped, as AWS writes what states produce.
final class TreeWriter {
    /// A text begins in a buffer of this size, which doubles when it is full. One byte holds a
    /// character as long as all are of Latin-1.
    private static final int TEXT_CHARS_EXPECTED = 64;

    private final StringBuilder out = new StringBuilder(TEXT_CHARS_EXPECTED);
    private int depth;

    private TreeWriter() {}

    /// @throws IllegalStateException if the tree holds anything but JSON, or is nested too deeply
    ///     to be read again
    static String write(Object tree) {
        var writer = new TreeWriter();
        writer.value(tree);
        return writer.out.toString();
    }

    private void value(Object value) {
        switch (value) {
            case null -> out.append("null");
            case String string -> string(string);
            case JsonObject object -> object(object);
            case Map<?, ?> map -> map(map);
            case List<?> list -> list(list);
            case Integer number -> out.append(Integer.toString(number));
            case Long number -> out.append(Long.toString(number));
            case Double number -> finite(number);
            case Number number -> out.append(number.toString());
            case Boolean truth -> out.append(truth.toString());
            default ->
                throw new IllegalStateException("Expected a JSON value, found an instance of "
                        + value.getClass().getName());
        }
    }

    private void finite(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalStateException(
                    "Expected a number that JSON can write, found " + number);
        }
        out.append(Double.toString(number));
    }

    private void object(JsonObject object) {
        enter();
        out.append('{');
        JsonObject.Shape shape = object.shape();
        for (int i = 0; i < shape.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            string(shape.name(i));
            out.append(':');
            value(object.valueAt(i));
        }
        out.append('}');
        depth--;
    }

    private void map(Map<?, ?> map) {
        enter();
        char before = '{';
        for (var member : map.entrySet()) {
            out.append(before);
            string((String) member.getKey());
            out.append(':');
            value(member.getValue());
            before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
        depth--;
    }

    private void list(List<?> list) {
        enter();
        char before = '[';
        for (Object element : list) {
            out.append(before);
            value(element);
            before = ',';
        }
        out.append(before == '[' ? "[]" : "]");
        depth--;
    }

    private void enter() {
        if (++depth > JsonText.DEPTH_MAX) {
            throw new IllegalStateException(
                    "Expected JSON nested at most %d levels deep, found more"
                            .formatted(JsonText.DEPTH_MAX));
        }
    }

    /// Most strings need no escapes, and what is between two of them is copied at once.
    private void string(String string) {
        out.append('"');
        int copied = 0;
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (!Escapes.isPlain(c)) {
                out.append(string, copied, i).append(Escapes.of(c));
                copied = i + 1;
            }
        }
        out.append(string, copied, string.length()).append('"');
    }
}
