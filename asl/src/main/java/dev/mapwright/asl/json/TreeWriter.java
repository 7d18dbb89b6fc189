package dev.mapwright.asl.json;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Writes trees as compact text: no spaces, numbers with their digits, and of all characters only
/// quotes, backslashes and control characters escaped, as AWS writes what states produce.
final class TreeWriter {
    /// A text begins in a buffer of this size, which doubles when it is full.
    private static final int TEXT_CHARS_EXPECTED = 512;

    /// The longest escape is `\u0000` for one character.
    private static final int ESCAPE_CHARS_MAX = 6;

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private char[] out = new char[TEXT_CHARS_EXPECTED];
    private int length;
    private int depth;

    private TreeWriter() {}

    /// @throws IllegalStateException if the tree holds anything but JSON, or is nested too deeply
    ///     to be read again
    static String write(Object tree) {
        var writer = new TreeWriter();
        writer.value(tree);
        return new String(writer.out, 0, writer.length);
    }

    private void value(Object value) {
        switch (value) {
            case null -> append("null");
            case String string -> string(string);
            case JsonObject object -> object(object);
            case Map<?, ?> map -> map(map);
            case List<?> list -> list(list);
            case Integer number -> append(Integer.toString(number));
            case Long number -> append(Long.toString(number));
            case Double number -> finite(number);
            case Number number -> append(number.toString());
            case Boolean truth -> append(truth.toString());
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
        append(Double.toString(number));
    }

    private void object(JsonObject object) {
        enter();
        append('{');
        JsonObject.Shape shape = object.shape();
        for (int i = 0; i < shape.size(); i++) {
            if (i > 0) {
                append(',');
            }
            string(shape.name(i));
            append(':');
            value(object.valueAt(i));
        }
        append('}');
        depth--;
    }

    private void map(Map<?, ?> map) {
        enter();
        char before = '{';
        for (var member : map.entrySet()) {
            append(before);
            string((String) member.getKey());
            append(':');
            value(member.getValue());
            before = ',';
        }
        append(before == '{' ? "{}" : "}");
        depth--;
    }

    private void list(List<?> list) {
        enter();
        char before = '[';
        for (Object element : list) {
            append(before);
            value(element);
            before = ',';
        }
        append(before == '[' ? "[]" : "]");
        depth--;
    }

    private void enter() {
        if (++depth > JsonText.DEPTH_MAX) {
            throw new IllegalStateException(
                    "Expected JSON nested at most %d levels deep, found more"
                            .formatted(JsonText.DEPTH_MAX));
        }
    }

    /// Most strings need no escapes: those are copied at once and only looked through.
    private void string(String string) {
        reserve(string.length() + 2);
        out[length++] = '"';
        string.getChars(0, string.length(), out, length);
        int end = length + string.length();
        int clean = length;
        while (clean < end && isPlain(out[clean])) {
            clean++;
        }
        int copied = clean - length;
        length = clean;
        for (int i = copied; i < string.length(); i++) {
            char c = string.charAt(i);
            if (isPlain(c)) {
                out[length++] = c;
            } else {
                escaped(c, string.length() - i);
            }
        }
        append('"');
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c != '"' && c != '\\';
    }

    /// Leaves room for the rest of the string, were it plain.
    ///
    /// @param left how many characters of the string are still to come, this one included
    private void escaped(char c, int left) {
        reserve(left + ESCAPE_CHARS_MAX);
        out[length++] = '\\';
        switch (c) {
            case '"', '\\' -> out[length++] = c;
            case '\b' -> out[length++] = 'b';
            case '\f' -> out[length++] = 'f';
            case '\n' -> out[length++] = 'n';
            case '\r' -> out[length++] = 'r';
            case '\t' -> out[length++] = 't';
            default -> {
                append("u00");
                out[length++] = HEX[c >> 4];
                out[length++] = HEX[c & 15];
            }
        }
    }

    private void append(char c) {
        reserve(1);
        out[length++] = c;
    }

    private void append(String text) {
        reserve(text.length());
        text.getChars(0, text.length(), out, length);
        length += text.length();
    }

    private void reserve(int chars) {
        if (chars > out.length - length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, length + chars));
        }
    }
}
