package dev.mapwright.asl.expression.jsonpath;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;

import java.util.Optional;

/// A compiled path for those who ask whether it leads anywhere (`IsPresent`), or have their own
/// words for it when it does not. Present with JSON null is present.
@FunctionalInterface
public interface Lookup {
    /// @throws EvaluationFailed if the path begins at a variable that has no value
    Optional<Json> find(Scope scope) throws EvaluationFailed;
}
