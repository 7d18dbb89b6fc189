package dev.mapwright.asl.expression.jsonata;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;

import java.util.Optional;

/// One `{% … %}` of a definition, with the field it stands in. What goes wrong is told in AWS's
/// words.
record Field(
        String text, String name, Expected expected, Optional<SimplePath> path, Program program)
        implements Expression {

    @Override
    public Json evaluate(Scope scope) throws EvaluationFailed {
        Json value = find(scope).orElseThrow(() -> failed("returned nothing (undefined)."));
        if (!expected.accepts(value.value())) {
            throw failed(
                    "returned an unexpected result type. Expected '%s', but was '%s' for value: %s"
                            .formatted(
                                    expected.typeName(),
                                    Expected.typeOf(value.value()),
                                    value.text()));
        }
        return value;
    }

    private Optional<Json> find(Scope scope) throws EvaluationFailed {
        if (path.isPresent()) {
            switch (path.get().find(scope)) {
                case SimplePath.Found.Value(Json json) -> {
                    return Optional.of(json);
                }
                case SimplePath.Found.Otherwise.UNDEFINED -> {
                    return Optional.empty();
                }
                case SimplePath.Found.Otherwise.NEEDS_LIBRARY -> {}
            }
        }
        try {
            return program.evaluate(scope);
        } catch (Results.Unsupported e) {
            throw failed("returned an unsupported result type.");
        } catch (QueryError e) {
            throw failed("threw an error during evaluation%s %s"
                    .formatted(e.code().isEmpty() ? ":" : ".", e.getMessage()));
        }
    }

    private EvaluationFailed failed(String what) {
        return EvaluationFailed.query(
                name,
                "The JSONata expression '%s' specified for the field '%s' %s"
                        .formatted(text, name, what));
    }
}
