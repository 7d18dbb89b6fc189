package dev.mapwright.asl.expression.intrinsic;

import dev.mapwright.asl.expression.Expression;

import java.util.List;

/// One argument of a call, or the call itself.
sealed interface Argument {
    /// A number, `true`, `false` or `null`.
    record Literal(Object value) implements Argument {}

    /// A quoted text.
    ///
    /// @param written as between the quotes, escapes included
    record Text(String written, String value) implements Argument {}

    record Path(Expression path) implements Argument {}

    record Call(Function function, List<Argument> arguments) implements Argument {}
}
