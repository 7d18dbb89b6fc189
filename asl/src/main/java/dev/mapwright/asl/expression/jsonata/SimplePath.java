package dev.mapwright.asl.expression.jsonata;

import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.expression.jsonata.Source.Kind;
import dev.mapwright.asl.expression.jsonata.Source.Token;
import dev.mapwright.asl.json.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The commonest expressions, `$states.input.a.b` and `$variable.a.b`, without the library: a walk
/// through objects. Where it meets an array, JSONata maps over it, and the library takes over.
final class SimplePath {
    private static final Set<String> STATES_MEMBERS =
            Set.of("input", "result", "errorOutput", "context");
    private static final Set<String> NOT_NAMES =
            Set.of("true", "false", "null", "and", "or", "in", "function", "λ");

    private final String root;
    private final List<String> steps;

    private SimplePath(String root, List<String> steps) {
        this.root = root;
        this.steps = steps;
    }

    sealed interface Found {
        record Value(Json json) implements Found {}

        enum Otherwise implements Found {
            UNDEFINED,
            NEEDS_LIBRARY
        }
    }

    static Optional<SimplePath> of(Source source) {
        List<Token> tokens = source.tokens();
        if (tokens.isEmpty()
                || tokens.getFirst().kind() != Kind.VARIABLE
                || tokens.size() % 2 == 0) {
            return Optional.empty();
        }
        String root = tokens.getFirst().value();
        var steps = new ArrayList<String>();
        for (int i = 1; i < tokens.size(); i += 2) {
            Token name = tokens.get(i + 1);
            if (!tokens.get(i).is(".")
                    || name.kind() != Kind.NAME
                    || NOT_NAMES.contains(name.value())) {
                return Optional.empty();
            }
            steps.add(name.value());
        }
        boolean readsStates = root.equals("states")
                && !steps.isEmpty()
                && STATES_MEMBERS.contains(steps.getFirst());
        boolean readsVariable = !root.equals("states") && !root.isEmpty() && !root.equals("$");
        return readsStates || readsVariable
                ? Optional.of(new SimplePath(root, steps))
                : Optional.empty();
    }

    Found find(Scope scope) {
        if (!root.equals("states")) {
            // What is no variable may be a function.
            return scope.variables()
                    .find(root)
                    .map(value -> walk(value, 0))
                    .orElse(Found.Otherwise.NEEDS_LIBRARY);
        }
        return switch (steps.getFirst()) {
            case "input" -> walk(scope.input(), 1);
            case "context" -> walk(scope.context().get(), 1);
            case "result" ->
                scope.result().map(result -> walk(result, 1)).orElse(Found.Otherwise.UNDEFINED);
            default ->
                scope.error()
                        .map(error -> walk(Json.of(error.asErrorOutput()), 1))
                        .orElse(Found.Otherwise.UNDEFINED);
        };
    }

    private Found walk(Json from, int firstStep) {
        if (firstStep == steps.size()) {
            return new Found.Value(from);
        }
        Object at = from.value();
        for (String name : steps.subList(firstStep, steps.size())) {
            if (at instanceof List<?>) {
                return Found.Otherwise.NEEDS_LIBRARY;
            }
            if (!(at instanceof Map<?, ?> object)) {
                return Found.Otherwise.UNDEFINED;
            }
            at = object.get(name);
            if (at == null && !object.containsKey(name)) {
                return Found.Otherwise.UNDEFINED;
            }
        }
        return new Found.Value(Json.of(at));
    }
}
