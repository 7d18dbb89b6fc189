package dev.mapwright.asl.parse;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.choice.Timestamps;
import dev.mapwright.asl.json.Json;

/// The timestamps of a Wait state, read as literals and checked as results of paths and
/// expressions. All texts were recorded.
final class Moments {
    private Moments() {}

    static Expression literal(Node wait) {
        wait.text("Timestamp")
                .filter(text -> Timestamps.parse(text).isEmpty())
                .ifPresent(
                        _ -> wait.errorAt("Timestamp", "String does not match RFC3339 timestamp"));
        return Expression.constant(wait.json("Timestamp"));
    }

    static Expression fromPath(String path, Expression selected) {
        return scope -> {
            Json value = selected.evaluate(scope);
            if (isTimestamp(value)) {
                return value;
            }
            throw EvaluationFailed.runtime(
                    "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time "
                            + "format string: %s == %s".formatted(path, Numbers.shown(value)));
        };
    }

    static Expression fromExpression(String field, Expression computed) {
        return scope -> {
            Json value = computed.evaluate(scope);
            if (isTimestamp(value)) {
                return value;
            }
            throw EvaluationFailed.query(
                    field,
                    "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: "
                            + Numbers.shown(value));
        };
    }

    private static boolean isTimestamp(Json value) {
        return value.value() instanceof String text && Timestamps.parse(text).isPresent();
    }
}
