package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata.JFunction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A function of ours among the library's. It is registered as if it were the library's method
/// `like`, from which the library takes the number of arguments (for `$map` and partial
/// application).
final class Native extends JFunction {
    private final String name;
    private final Body body;

    @FunctionalInterface
    interface Body {
        /// @param arguments checked against the signature; those not given are null, and so is what
        ///     is undefined
        Object call(Arguments arguments) throws Throwable;
    }

    /// The arguments of one call.
    record Arguments(String function, List<?> values) {
        Object get(int index) {
            return index < values.size() ? values.get(index) : null;
        }

        boolean has(int index) {
            return get(index) != null;
        }

        String text(int index) {
            Object value = get(index);
            if (value != null && !(value instanceof String)) {
                throw QueryError.mismatch(function, index + 1);
            }
            return (String) value;
        }

        /// Of an argument that was given.
        Number number(int index) {
            if (get(index) instanceof Number number) {
                return number;
            }
            throw QueryError.mismatch(function, index + 1);
        }

        List<?> list(int index) {
            return switch (get(index)) {
                case List<?> list -> list;
                case Object single -> List.of(single);
            };
        }

        Bounds bounds() {
            return Bounds.CURRENT.get();
        }
    }

    private Native(String name, String signature, String like, Body body) {
        super(name, signature, Functions.class, null, like);
        this.name = name;
        this.body = body;
    }

    /// @param like the library's method of the same name
    static void add(Map<String, Native> functions, String name, String signature, Body body) {
        add(functions, name, signature, name, body);
    }

    static void add(
            Map<String, Native> functions, String name, String signature, String like, Body body) {
        functions.put(name, new Native(name, signature, like, body));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Object call(Object input, List values) {
        try {
            return body.call(new Arguments(name, new ArrayList<Object>((List<?>) values)));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new QueryError(String.valueOf(e.getMessage()));
        }
    }
}
