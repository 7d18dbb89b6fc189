package dev.mapwright.asl.parse;

import dev.mapwright.asl.definition.Until;
import dev.mapwright.asl.expression.Condition;
import dev.mapwright.asl.expression.Dataflow;
import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.expression.jsonata.Expected;
import dev.mapwright.asl.expression.jsonata.Jsonata;
import dev.mapwright.asl.expression.jsonata.Jsonata.Readable;
import dev.mapwright.asl.expression.jsonata.JsonataDataflow;
import dev.mapwright.asl.expression.jsonata.UnsupportedExpression;
import dev.mapwright.asl.json.Json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Texts of the form `{% … %}`, alone or anywhere inside of JSON.
final class JsonataLanguage implements Language {
    /// AWS's code for an expression that does not parse.
    private static final String INVALID = "INVALID_JSONATA_EXPRESSION";

    /// And for one that reads what is not there to be read.
    private static final String UNSUPPORTED = "UNSUPPORTED_JSONATA_EXPRESSION";

    @Override
    public String title() {
        return "JSONata";
    }

    @Override
    public String otherTitle() {
        return "JSONPath";
    }

    @Override
    public boolean knows(String field) {
        return !Language.isJsonPathField(field);
    }

    @Override
    public Dataflow dataflow(Node state, StateType type) {
        Readable readable = type.hasResult() ? Readable.RESULT : Readable.INPUT;
        return new JsonataDataflow(
                template(state, "Arguments"),
                template(state, "Output", readable),
                assignments(state, readable));
    }

    @Override
    public Dataflow catcher(Node catcher, Node state) {
        return new JsonataDataflow(
                Optional.empty(),
                template(catcher, "Output", Readable.ERROR_OUTPUT),
                assignments(catcher, Readable.ERROR_OUTPUT));
    }

    @Override
    public Dataflow rule(Node rule, Node state) {
        return new JsonataDataflow(
                Optional.empty(),
                template(rule, "Output", Readable.INPUT),
                assignments(rule, Readable.INPUT));
    }

    @Override
    public Condition condition(Node rule) {
        rule.require(List.of("Condition"));
        Object condition = rule.raw("Condition");
        if (condition instanceof Boolean constant) {
            return _ -> constant;
        }
        if (!isExpression(condition)) {
            rule.errorAt("Condition", "Expected value of type Boolean or a JSONata expression");
            return _ -> false;
        }
        Expression computed = expression(rule, "Condition", Expected.BOOLEAN);
        return scope -> Boolean.TRUE.equals(computed.evaluate(scope).value());
    }

    @Override
    public Optional<Expression> number(Node node, NumberField field) {
        Object value = node.raw(field.title());
        if (!isExpression(value)) {
            return Numbers.literal(node, field);
        }
        Expected expected = field.isFraction() ? Expected.NUMBER : Expected.INTEGER;
        return Optional.of(Numbers.fromExpression(
                field, node.path(field.title()), expression(node, field.title(), expected)));
    }

    @Override
    public Optional<Expression> text(Node node, String field) {
        return isExpression(node.raw(field))
                ? Optional.of(expression(node, field, Expected.STRING))
                : node.text(field).map(text -> Expression.constant(Json.of(text)));
    }

    @Override
    public Optional<Expression> template(Node node, String field) {
        return template(node, field, Readable.INPUT);
    }

    @Override
    public Optional<Expression> request(Node node) {
        return template(node, "Arguments");
    }

    @Override
    public Optional<Set<String>> requestFields(Node node) {
        return node.raw("Arguments") instanceof Map<?, ?> members
                ? Optional.of(members.keySet().stream()
                        .map(String.class::cast)
                        .collect(Collectors.toSet()))
                : Optional.empty();
    }

    @Override
    public Expression setting(Node config, String field) {
        return template(config, field).orElse(NOTHING);
    }

    @Override
    public Optional<String> literal(Node config, String field) {
        return isExpression(config.raw(field)) ? Optional.empty() : config.text(field);
    }

    @Override
    public Until until(Node wait) {
        wait.requireOneOf("Seconds", "Timestamp");
        if (!wait.has("Timestamp")) {
            return new Until.Seconds(number(wait, NumberField.WAIT_SECONDS).orElse(NOTHING));
        }
        return new Until.Timestamp(
                isExpression(wait.raw("Timestamp"))
                        ? Moments.fromExpression(
                                wait.path("Timestamp"), expression(wait, "Timestamp", Expected.ANY))
                        : Moments.literal(wait));
    }

    @Override
    public Expression items(Node map, Iterable iterable) {
        if (isExpression(map.raw("Items"))) {
            return expression(
                    map,
                    "Items",
                    switch (iterable) {
                        case ARRAYS -> Expected.ARRAY;
                        case ARRAYS_AND_OBJECTS -> Expected.ARRAY_OR_OBJECT;
                    });
        }
        Expression items = template(map, "Items").orElse(scope -> scope.input());
        return scope -> {
            Json made = items.evaluate(scope);
            if (Items.isIterable(made, iterable)) {
                return made;
            }
            throw new EvaluationFailed(
                    "States.QueryEvaluationError",
                    "Map state input must be an array but was: " + made.text(),
                    Optional.empty());
        };
    }

    private static boolean isExpression(Object value) {
        return value instanceof String text && Jsonata.isExpression(text);
    }

    private static Expression expression(Node node, String field, Expected expected) {
        return compiled(
                node,
                field,
                () -> Jsonata.expression(
                        (String) node.raw(field), node.path(field), Readable.INPUT, expected));
    }

    private static Optional<Expression> template(Node node, String field, Readable readable) {
        return node.has(field)
                ? Optional.of(compiled(
                        node,
                        field,
                        () -> Jsonata.template(node.json(field), node.path(field), readable)))
                : Optional.empty();
    }

    private static Map<String, Expression> assignments(Node node, Readable readable) {
        var assignments = new LinkedHashMap<String, Expression>();
        node.object("Assign").ifPresent(assign -> assign.members().keySet().forEach(name -> {
            VariableNames.check(assign, name, name);
            assignments.put(name, template(assign, name, readable).orElse(NOTHING));
        }));
        return assignments;
    }

    private static Expression compiled(Node node, String field, Compilation compilation) {
        try {
            return compilation.compile();
        } catch (UnsupportedExpression problem) {
            node.errorAt(field, UNSUPPORTED, problem);
            return NOTHING;
        } catch (ExpressionSyntaxException problem) {
            node.errorAt(field, INVALID, problem);
            return NOTHING;
        }
    }

    @FunctionalInterface
    private interface Compilation {
        Expression compile() throws ExpressionSyntaxException;
    }
}
