package dev.mapwright.asl.expression.choice;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;

/// The four kinds of value that operators compare. A value of another kind never matches: there is
/// no coercion.
enum Family {
    STRING("String") {
        @Override
        OptionalInt compare(Object left, Object right) {
            return left instanceof String a && right instanceof String b
                    ? OptionalInt.of(a.compareTo(b))
                    : OptionalInt.empty();
        }

        @Override
        boolean accepts(Object literal) {
            return literal instanceof String;
        }
    },
    NUMERIC("Numeric") {
        @Override
        OptionalInt compare(Object left, Object right) {
            return left instanceof Number a && right instanceof Number b
                    ? OptionalInt.of(decimal(a).compareTo(decimal(b)))
                    : OptionalInt.empty();
        }

        @Override
        boolean accepts(Object literal) {
            return literal instanceof Number;
        }
    },
    BOOLEAN("Boolean") {
        @Override
        OptionalInt compare(Object left, Object right) {
            return left instanceof Boolean a && right instanceof Boolean b
                    ? OptionalInt.of(a.compareTo(b))
                    : OptionalInt.empty();
        }

        @Override
        boolean accepts(Object literal) {
            return literal instanceof Boolean;
        }
    },
    TIMESTAMP("Timestamp") {
        @Override
        OptionalInt compare(Object left, Object right) {
            Optional<OffsetDateTime> a = timestamp(left);
            Optional<OffsetDateTime> b = timestamp(right);
            return a.isPresent() && b.isPresent()
                    ? OptionalInt.of(a.get().toInstant().compareTo(b.get().toInstant()))
                    : OptionalInt.empty();
        }

        @Override
        boolean accepts(Object literal) {
            return timestamp(literal).isPresent();
        }
    };

    private final String prefix;

    Family(String prefix) {
        this.prefix = prefix;
    }

    /// How the names of its operators begin: `Numeric` in `NumericLessThanPath`.
    String prefix() {
        return prefix;
    }

    /// Negative, zero or positive; empty if one of the two is not of this kind.
    abstract OptionalInt compare(Object left, Object right);

    /// Whether a definition may give `literal` as operand.
    abstract boolean accepts(Object literal);

    static Optional<OffsetDateTime> timestamp(Object value) {
        return value instanceof String text ? Timestamps.parse(text) : Optional.empty();
    }

    private static BigDecimal decimal(Number number) {
        return switch (number) {
            case BigDecimal exact -> exact;
            case BigInteger whole -> new BigDecimal(whole);
            case Double real -> BigDecimal.valueOf(real);
            default -> BigDecimal.valueOf(number.longValue());
        };
    }
}
