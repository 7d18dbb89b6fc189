package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.Jsonata;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the library returned, as a plain tree: its null, its lists and its numbers become ours.
final class Results {
    /// Values in one result. The payload quota allows far fewer; this stops a result that grows
    /// like 2^n.
    private static final int VALUES_MAX = 1_000_000;

    /// What a JSON parser reads back again.
    private static final int NESTING_MAX = 500;

    private int values;

    private Results() {}

    /// A function has no JSON.
    static final class Unsupported extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unsupported() {
            super(null, null, false, false);
        }
    }

    static Object plain(Object result) {
        return new Results().plain(result, 0);
    }

    private Object plain(Object value, int nesting) {
        if (++values > VALUES_MAX || nesting > NESTING_MAX) {
            throw new QueryError("The result has more than %d values or is nested deeper than %d"
                    .formatted(VALUES_MAX, NESTING_MAX));
        }
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth;
            case Double number -> number(number);
            case Number number -> number;
            case Views.MapView view -> view.original();
            case Views.ListView view when view.isUnchanged() -> view.original();
            case Map<?, ?> map -> map(map, nesting);
            case List<?> list -> list(list, nesting);
            case Object other when other == Jsonata.NULL_VALUE -> null;
            default -> throw new Unsupported();
        };
    }

    private Object map(Map<?, ?> map, int nesting) {
        var copy = LinkedHashMap.<String, Object>newLinkedHashMap(map.size());
        map.forEach((name, value) -> copy.put((String) name, plain(value, nesting + 1)));
        return copy;
    }

    private Object list(List<?> list, int nesting) {
        if (list.size() > VALUES_MAX - values) {
            values = VALUES_MAX;
        }
        var copy = new ArrayList<Object>(Math.min(list.size(), VALUES_MAX));
        for (Object element : list) {
            copy.add(plain(element, nesting + 1));
        }
        return copy;
    }

    /// A whole number is written without a point, as JavaScript does; from 1e21 on it uses an
    /// exponent, and so do we.
    private static Object number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new QueryError("D1001", "Number out of range: null");
        }
        if (number != Math.rint(number) || Math.abs(number) >= 1e21) {
            return number;
        }
        if (Math.abs(number) >= 1L << 53) {
            return new BigDecimal(number).toBigInteger();
        }
        long whole = (long) number;
        if (whole == (int) whole) {
            return (int) whole;
        }
        return whole;
    }
}
