package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser.Symbol;
import com.dashjoin.jsonata.Utils;
import com.dashjoin.jsonata.Utils.JList;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;

/// `$string`: what JavaScript's `JSON.stringify` makes of a value, with numbers cut to 15 digits
/// and functions empty.
final class Stringified {
    private static final int DIGITS = 15;

    private final StringBuilder out = new StringBuilder();
    private final Bounds bounds;
    private final boolean pretty;

    Stringified(Bounds bounds, boolean pretty) {
        this.bounds = bounds;
        this.pretty = pretty;
    }

    String text(Object value) {
        if (isFunction(value)) {
            return "";
        }
        boolean wrapped = value instanceof JList<?> list && list.outerWrapper;
        write(wrapped ? ((List<?>) value).getFirst() : value, 0);
        return out.toString();
    }

    private void write(Object value, int indent) {
        switch (value) {
            case null -> out.append("null");
            case String text -> quote(text);
            case Number number -> out.append(number(number));
            case Map<?, ?> map -> object(map, indent);
            case List<?> list -> array(list, indent);
            case Object other when isFunction(other) -> out.append("\"\"");
            default -> out.append(value == Jsonata.NULL_VALUE ? "null" : value);
        }
        bounds.text(out.length());
    }

    private void object(Map<?, ?> map, int indent) {
        out.append('{');
        String separator = "";
        for (var member : map.entrySet()) {
            out.append(separator);
            newLine(indent + 1);
            quote((String) member.getKey());
            out.append(pretty ? ": " : ":");
            write(member.getValue(), indent + 1);
            separator = ",";
        }
        close(map.isEmpty(), '}', indent);
    }

    private void array(List<?> list, int indent) {
        out.append('[');
        String separator = "";
        for (Object element : list) {
            out.append(separator);
            newLine(indent + 1);
            write(element, indent + 1);
            separator = ",";
        }
        close(list.isEmpty(), ']', indent);
    }

    private void close(boolean empty, char bracket, int indent) {
        if (!empty) {
            newLine(indent);
        }
        out.append(bracket);
    }

    private void newLine(int indent) {
        if (pretty) {
            out.append('\n').repeat("  ", indent);
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /// As JavaScript prints it: no exponent from 1e-6 up to 1e21.
    static String number(Number number) {
        double value = number.doubleValue();
        if (number instanceof Integer || number instanceof Long) {
            return number.toString();
        }
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new QueryError(
                    "D3001", "Attempting to invoke string function on Infinity or NaN");
        }
        if (value == 0) {
            return "0";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e21;
        BigDecimal digits = whole
                ? new BigDecimal(value)
                : new BigDecimal(value).round(new MathContext(DIGITS));
        double size = Math.abs(value);
        BigDecimal shortest = digits.stripTrailingZeros();
        if (size >= 1e-6 && size < 1e21) {
            return shortest.toPlainString();
        }
        int exponent = shortest.precision() - shortest.scale() - 1;
        return shortest.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e"
                + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    private static boolean isFunction(Object value) {
        return Utils.isFunction(value)
                || value instanceof Symbol
                || value instanceof Jsonata.JLambda;
    }
}
