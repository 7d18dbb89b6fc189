package dev.mapwright.asl.expression;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// Scopes for tests.
public final class Scopes {
    private Scopes() {}

    /// A scope with an input and nothing else.
    public static Scope of(String input) {
        return new Scope(
                json(input),
                Optional.empty(),
                Optional.empty(),
                () -> Json.EMPTY_OBJECT,
                Variables.NONE,
                Instant.EPOCH,
                new SplittableRandom(1));
    }

    public static Scope withVariables(Scope scope, Map<String, Json> variables) {
        return new Scope(
                scope.input(),
                scope.result(),
                scope.error(),
                scope.context(),
                scope.variables().assign(variables),
                scope.now(),
                scope.random());
    }

    public static Json json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
