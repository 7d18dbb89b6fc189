package dev.mapwright.asl.parse;

import dev.mapwright.asl.definition.Until;
import dev.mapwright.asl.expression.Condition;
import dev.mapwright.asl.expression.Dataflow;
import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.expression.choice.ChoiceRule;
import dev.mapwright.asl.expression.jsonpath.JsonPath;
import dev.mapwright.asl.expression.jsonpath.JsonPathDataflow;
import dev.mapwright.asl.expression.jsonpath.PassResult;
import dev.mapwright.asl.expression.jsonpath.ResultPath;
import dev.mapwright.asl.json.Json;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Paths, payload templates and fields that end in `Path`.
final class JsonPathLanguage implements Language {
    private static final String DYNAMIC = ".$";

    @Override
    public String title() {
        return "JSONPath";
    }

    @Override
    public String otherTitle() {
        return "JSONata";
    }

    @Override
    public boolean knows(String field) {
        return !JSONATA_FIELDS.contains(field);
    }

    @Override
    public Dataflow dataflow(Node state, StateType type) {
        Optional<Expression> arguments =
                switch (type) {
                    case PASS ->
                        state.raw("Result") == null
                                ? template(state, "Parameters")
                                : Optional.of(new PassResult(state.json("Result")));
                    case TASK, PARALLEL -> template(state, "Parameters");
                    case MAP, WAIT, SUCCEED, FAIL, CHOICE -> Optional.empty();
                };
        return new JsonPathDataflow(
                path(state, "InputPath"),
                arguments,
                template(state, "ResultSelector"),
                resultPath(state),
                path(state, "OutputPath"),
                assignments(state));
    }

    @Override
    public Dataflow catcher(Node catcher, Node state) {
        return new JsonPathDataflow(
                path(state, "InputPath"),
                Optional.empty(),
                Optional.empty(),
                resultPath(catcher),
                Optional.empty(),
                assignments(catcher));
    }

    @Override
    public Dataflow rule(Node rule, Node state) {
        return new JsonPathDataflow(
                path(state, "InputPath"),
                Optional.empty(),
                Optional.empty(),
                ResultPath.REPLACE,
                path(state, "OutputPath"),
                assignments(rule));
    }

    @Override
    public Condition condition(Node rule) {
        try {
            return ChoiceRule.compile(rule.members());
        } catch (ExpressionSyntaxException problem) {
            if (problem.field().isEmpty()) {
                rule.error(problem.getMessage());
            } else {
                rule.errorAt(problem.field(), problem.getMessage());
            }
            return _ -> false;
        }
    }

    @Override
    public Optional<Expression> number(Node node, NumberField field) {
        node.allowOneOf(field.title(), field.pathTitle());
        Optional<Expression> literal = Numbers.literal(node, field);
        return literal.isPresent()
                ? literal
                : referencePath(node, field.pathTitle())
                        .map(path -> Numbers.fromPath(field, text(node, field), path));
    }

    private static String text(Node node, NumberField field) {
        return String.valueOf(node.raw(field.pathTitle()));
    }

    @Override
    public Optional<Expression> text(Node node, String field) {
        String pathField = field + "Path";
        node.allowOneOf(field, pathField);
        Optional<String> literal = node.text(field);
        if (literal.isPresent()) {
            return Optional.of(Expression.constant(Json.of(literal.get())));
        }
        return node.text(pathField)
                .map(path -> checkedText(
                        pathField,
                        path,
                        compile(node, pathField, () -> JsonPath.pathOrIntrinsic(path))));
    }

    private static Expression checkedText(String field, String path, Expression compiled) {
        return scope -> {
            Json value = compiled.evaluate(scope);
            if (value.value() instanceof String) {
                return value;
            }
            throw EvaluationFailed.runtime(
                    "The %s field refers to value \"%s\" which is not a valid string: %s"
                            .formatted(field, value.text(), path));
        };
    }

    @Override
    public Optional<Expression> template(Node node, String field) {
        // Whatever is wrong inside of a template, AWS names the field that holds it.
        return node.has(field)
                ? Optional.of(compile(node, field, () -> JsonPath.template(node.json(field))))
                : Optional.empty();
    }

    @Override
    public Optional<Expression> request(Node node) {
        return template(node, "Parameters");
    }

    @Override
    public Optional<Set<String>> requestFields(Node node) {
        if (!(node.raw("Parameters") instanceof Map<?, ?> members)) {
            return Optional.empty();
        }
        var names = new HashSet<String>();
        for (Object member : members.keySet()) {
            String name = (String) member;
            names.add(
                    name.endsWith(DYNAMIC)
                            ? name.substring(0, name.length() - DYNAMIC.length())
                            : name);
        }
        return Optional.of(names);
    }

    @Override
    public Expression setting(Node config, String field) {
        return Expression.constant(config.json(field));
    }

    @Override
    public Optional<String> literal(Node config, String field) {
        return config.text(field);
    }

    @Override
    public Until until(Node wait) {
        wait.requireOneOf("SecondsPath", "Seconds", "TimestampPath", "Timestamp");
        if (wait.has("Timestamp")) {
            return new Until.Timestamp(Moments.literal(wait));
        }
        if (wait.has("TimestampPath")) {
            String path = wait.text("TimestampPath").orElse("$");
            return new Until.Timestamp(
                    Moments.fromPath(path, selected(wait, "TimestampPath", path)));
        }
        if (wait.has("SecondsPath")) {
            String path = wait.text("SecondsPath").orElse("$");
            return new Until.Seconds(
                    Numbers.secondsFromPath(path, selected(wait, "SecondsPath", path)));
        }
        return new Until.Seconds(Numbers.literal(wait, NumberField.WAIT_SECONDS).orElse(NOTHING));
    }

    private static Expression selected(Node wait, String field, String path) {
        Expression expression = referencePath(wait, field).orElse(NOTHING);
        return scope -> {
            try {
                return expression.evaluate(scope);
            } catch (EvaluationFailed _) {
                throw EvaluationFailed.runtime(
                        "The %s parameter does not reference an input value: %s"
                                .formatted(field, path));
            }
        };
    }

    @Override
    public Expression items(Node map, Iterable iterable) {
        String path = map.text("ItemsPath").orElse("$");
        Expression selected = referencePath(map, "ItemsPath").orElse(scope -> scope.input());
        return scope -> {
            Json items = selected.evaluate(scope);
            if (!Items.isIterable(items, iterable)) {
                throw EvaluationFailed.runtime("Reference path \"%s\" must point to array."
                        .formatted(path.startsWith("$$") ? path.substring(1) : path));
            }
            return items;
        };
    }

    private static Optional<Expression> path(Node node, String field) {
        if (!node.has(field)) {
            return Optional.empty();
        }
        if (node.raw(field) == null) {
            return Optional.of(Expression.constant(Json.EMPTY_OBJECT));
        }
        return node.text(field).map(text -> compile(node, field, () -> JsonPath.path(text)));
    }

    private static Optional<Expression> referencePath(Node node, String field) {
        return node.text(field)
                .map(text -> compile(node, field, () -> JsonPath.referencePath(text)));
    }

    private static ResultPath resultPath(Node node) {
        if (!node.has("ResultPath")) {
            return ResultPath.REPLACE;
        }
        if (node.raw("ResultPath") == null) {
            return ResultPath.DISCARD;
        }
        Optional<String> path = node.text("ResultPath");
        try {
            return path.isEmpty() ? ResultPath.REPLACE : JsonPath.resultPath(path.get());
        } catch (ExpressionSyntaxException problem) {
            node.errorAt(
                    "ResultPath",
                    isNoPath(path.get())
                            ? "Value must be a valid JSONPath."
                            : problem.getMessage());
            return ResultPath.REPLACE;
        }
    }

    private static Map<String, Expression> assignments(Node node) {
        Optional<Node> assign = node.object("Assign");
        if (assign.isEmpty()) {
            return Map.of();
        }
        for (String field : assign.get().members().keySet()) {
            VariableNames.check(assign.get(), field, withoutSuffix(field));
        }
        try {
            return JsonPath.templateMembers(node.json("Assign"));
        } catch (ExpressionSyntaxException problem) {
            node.errorAt("Assign", problem.getMessage());
            return Map.of();
        }
    }

    /// A template member's name: `x` of `x.$`.
    static String withoutSuffix(String field) {
        return field.endsWith(DYNAMIC)
                ? field.substring(0, field.length() - DYNAMIC.length())
                : field;
    }

    private static Expression compile(Node node, String field, Compilation compilation) {
        try {
            return compilation.compile();
        } catch (ExpressionSyntaxException problem) {
            node.errorAt(
                    field,
                    isNoPath(node.raw(field))
                            ? "Value must be a valid JSONPath."
                            : problem.getMessage());
            return NOTHING;
        }
    }

    private static boolean isNoPath(Object value) {
        return value instanceof String text && !text.startsWith("$") && !text.startsWith("States.");
    }

    @FunctionalInterface
    private interface Compilation {
        Expression compile() throws ExpressionSyntaxException;
    }
}
