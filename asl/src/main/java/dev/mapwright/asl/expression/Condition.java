package dev.mapwright.asl.expression;

/// The true-or-false test of one Choice rule.
@FunctionalInterface
public interface Condition {
    boolean holds(Scope scope) throws EvaluationFailed;
}
