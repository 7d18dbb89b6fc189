package dev.mapwright.asl.expression.jsonpath;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;

/// Where a path begins.
sealed interface Root {
    Json read(Scope scope) throws EvaluationFailed;

    /// `$`
    record Input() implements Root {
        @Override
        public Json read(Scope scope) {
            return scope.input();
        }
    }

    /// `$$`
    record Context() implements Root {
        @Override
        public Json read(Scope scope) {
            return scope.context().get();
        }
    }

    /// `$name`
    record Variable(String name) implements Root {
        @Override
        public Json read(Scope scope) throws EvaluationFailed {
            var value = scope.variables().find(name);
            if (value.isEmpty()) {
                throw EvaluationFailed.runtime(
                        "The variable '$%s' has no value: no state assigned it before"
                                .formatted(name));
            }
            return value.get();
        }
    }
}
