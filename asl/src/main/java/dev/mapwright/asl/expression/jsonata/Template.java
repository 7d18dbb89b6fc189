package dev.mapwright.asl.expression.jsonata;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A part of a template: fixed, computed by one expression, or composed of parts.
sealed interface Template {
    /// A plain tree.
    Object value(Scope scope) throws EvaluationFailed;

    default boolean isLiteral() {
        return this instanceof Literal;
    }

    record Literal(Json json) implements Template {
        @Override
        public Object value(Scope scope) {
            return json.value();
        }
    }

    record Computed(Expression expression) implements Template {
        @Override
        public Object value(Scope scope) throws EvaluationFailed {
            return expression.evaluate(scope).value();
        }
    }

    sealed interface Composed extends Template {
        record Members(Map<String, Template> parts) implements Composed {
            @Override
            public Object value(Scope scope) throws EvaluationFailed {
                var object = LinkedHashMap.<String, Object>newLinkedHashMap(parts.size());
                for (var part : parts.entrySet()) {
                    object.put(part.getKey(), part.getValue().value(scope));
                }
                return object;
            }
        }

        record Elements(List<Template> parts) implements Composed {
            @Override
            public Object value(Scope scope) throws EvaluationFailed {
                var array = new ArrayList<Object>(parts.size());
                for (Template part : parts) {
                    array.add(part.value(scope));
                }
                return array;
            }
        }
    }
}
