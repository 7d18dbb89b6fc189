package dev.mapwright.asl.parse;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.json.Json;

import java.util.Optional;

/// Numeric fields, read as literals and checked as results of paths and expressions.
final class Numbers {
    private Numbers() {}

    /// The field's literal; absent where the field is.
    static Optional<Expression> literal(Node node, NumberField field) {
        if (!node.has(field.title())) {
            return Optional.empty();
        }
        Optional<Number> number = field.number(node.raw(field.title()));
        if (number.isEmpty()) {
            node.errorAt(
                    field.title(),
                    "Expected value of type " + (field.isFraction() ? "Double" : "Integer"));
            return Optional.of(Language.NOTHING);
        }
        field.outOfRange(number.get()).ifPresent(problem -> node.errorAt(field.title(), problem));
        return Optional.of(Expression.constant(Json.of(number.get())));
    }

    /// A literal whole number that can be nothing else; absent where the field is missing or wrong.
    static Optional<Long> whole(Node node, String field, long least, long most) {
        if (!node.has(field)) {
            return Optional.empty();
        }
        Object value = node.raw(field);
        if (!(value instanceof Integer) && !(value instanceof Long)) {
            node.errorAt(field, "Expected value of type Integer");
            return Optional.empty();
        }
        long number = ((Number) value).longValue();
        if (number < least || number > most) {
            node.errorAt(
                    field,
                    number < least ? "Minimum value is " + least : "Maximum value is " + most);
            return Optional.empty();
        }
        return Optional.of(number);
    }

    /// A literal number that may have a fraction.
    static Optional<Double> real(Node node, String field, double least) {
        if (!node.has(field)) {
            return Optional.empty();
        }
        if (!(node.raw(field) instanceof Number number)) {
            node.errorAt(field, "Expected value of type Double");
            return Optional.empty();
        }
        if (number.doubleValue() < least) {
            node.errorAt(field, "Minimum value is " + least);
            return Optional.empty();
        }
        return Optional.of(number.doubleValue());
    }

    /// What `path` selects, as a number in range. A missing place fails with the path's own text.
    static Expression fromPath(NumberField field, String path, Expression selected) {
        return scope -> {
            Json value = selected.evaluate(scope);
            Number number = field.numberOrText(value.value())
                    .orElseThrow(() -> EvaluationFailed.runtime(
                            "The %s field refers to value \"%s\" which is not a valid %s: %s"
                                    .formatted(
                                            field.pathTitle(),
                                            shown(value),
                                            field.isFraction() ? "float" : "integer",
                                            path)));
            Optional<String> problem = field.outOfRangeAtRunTime(number);
            if (problem.isPresent()) {
                throw EvaluationFailed.runtime(problem.get());
            }
            return Json.of(number);
        };
    }

    /// The `SecondsPath` of a Wait state, which has texts of its own.
    static Expression secondsFromPath(String path, Expression selected) {
        return scope -> {
            Json value = selected.evaluate(scope);
            Number seconds = NumberField.WAIT_SECONDS
                    .numberOrText(value.value())
                    .orElseThrow(() -> EvaluationFailed.runtime(
                            "The SecondsPath parameter cannot be parsed as a long value: %s == %s"
                                    .formatted(path, shown(value))));
            if (seconds.longValue() < 0) {
                throw EvaluationFailed.runtime(
                        "The SecondsPath parameter references a negative value: %s == %s"
                                .formatted(path, seconds));
            }
            return Json.of(seconds);
        };
    }

    /// What a JSONata expression made, as a number in range.
    ///
    /// @param place the field within its state
    /// @param computed yields a number of the field's kind
    static Expression fromExpression(NumberField field, String place, Expression computed) {
        return scope -> {
            Json value = computed.evaluate(scope);
            Number number = field.number(value.value())
                    .orElseThrow(() -> EvaluationFailed.query(
                            place,
                            "%s is not a number: %s".formatted(field.title(), value.text())));
            Optional<String> problem = field.outOfRangeAtRunTime(number);
            if (problem.isPresent()) {
                throw EvaluationFailed.query(place, problem.get());
            }
            return Json.of(number);
        };
    }

    /// A value as it stands inside of a failure's text: a text without its quotes.
    static String shown(Json value) {
        return value.value() instanceof String text ? text : value.text();
    }
}
