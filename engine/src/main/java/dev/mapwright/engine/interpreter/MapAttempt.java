package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.definition.MapMode;
import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;

import java.util.Optional;

/// What inline and distributed Map states have in common.
final class MapAttempt {
    private MapAttempt() {}

    static Stay.Attempt of(State.MapState map, Visit visit) {
        return switch (map.mode()) {
            case MapMode.Inline() -> new InlineMapAttempt(map, visit)::run;
            case MapMode.Distributed distributed ->
                new DistributedMapAttempt(map, distributed, visit)::run;
        };
    }

    /// The scope of the state's own fields.
    static Scope fields(State.MapState map, Visit visit) throws StateFailed {
        Scope scope = visit.scope();
        return visit.evaluate(() -> scope.withInput(map.dataflow().effectiveInput(scope)));
    }

    static Json items(State.MapState map, Visit visit, Scope fields) throws StateFailed {
        return map.items().isEmpty()
                ? fields.input()
                : visit.evaluate(() -> map.items().get().evaluate(fields));
    }

    /// 0 means no limit but the quota's.
    static int concurrency(State.MapState map, Visit visit, Scope fields) throws StateFailed {
        return number(map.maxConcurrency(), visit, fields).map(Number::intValue).orElse(0);
    }

    static Optional<Number> number(Optional<Expression> field, Visit visit, Scope fields)
            throws StateFailed {
        return field.isEmpty()
                ? Optional.empty()
                : Optional.of((Number)
                        visit.evaluate(() -> field.get().evaluate(fields)).value());
    }
}
