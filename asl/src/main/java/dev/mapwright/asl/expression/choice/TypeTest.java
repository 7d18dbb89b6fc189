package dev.mapwright.asl.expression.choice;

import java.util.function.Predicate;

/// The operators that ask what a value is; each compares its finding with `true` or `false`.
/// `IsPresent` is not among them: it asks about the path and not about the value.
enum TypeTest {
    IS_NULL("IsNull", value -> value == null),
    IS_NUMERIC("IsNumeric", Number.class::isInstance),
    IS_STRING("IsString", String.class::isInstance),
    IS_BOOLEAN("IsBoolean", Boolean.class::isInstance),
    IS_TIMESTAMP("IsTimestamp", value -> Family.timestamp(value).isPresent());

    private final String operator;
    private final Predicate<Object> test;

    TypeTest(String operator, Predicate<Object> test) {
        this.operator = operator;
        this.test = test;
    }

    String operator() {
        return operator;
    }

    boolean holds(Object value) {
        return test.test(value);
    }
}
