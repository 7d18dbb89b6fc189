package dev.mapwright.asl.expression.choice;

import java.util.function.IntPredicate;

/// How two comparable values may stand to each other.
enum Relation {
    EQUALS("Equals", order -> order == 0),
    LESS_THAN("LessThan", order -> order < 0),
    GREATER_THAN("GreaterThan", order -> order > 0),
    LESS_THAN_EQUALS("LessThanEquals", order -> order <= 0),
    GREATER_THAN_EQUALS("GreaterThanEquals", order -> order >= 0);

    private final String suffix;
    private final IntPredicate holds;

    Relation(String suffix, IntPredicate holds) {
        this.suffix = suffix;
        this.holds = holds;
    }

    String suffix() {
        return suffix;
    }

    boolean holds(int order) {
        return holds.test(order);
    }
}
