package dev.mapwright.asl.expression.jsonpath;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonObject;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A result path that leads somewhere inside the input. Objects on the way that are missing are
/// made; what is not on the way is shared with the input.
record Placement(String text, List<Step> steps) implements ResultPath {
    @Override
    public Json put(Json input, Json result) throws EvaluationFailed {
        Object placed = put(input.value(), 0, result.value());
        if (placed == Way.NOTHING) {
            throw new EvaluationFailed(
                    "States.ReferencePathConflict",
                    "Unable to apply ReferencePath %s to input %s"
                            .formatted(text, Json.of(input.value())),
                    Optional.empty());
        }
        return Json.of(placed);
    }

    /// [Way#NOTHING] if something else is in the way.
    private Object put(Object at, int walked, Object result) {
        if (walked == steps.size()) {
            return result;
        }
        return switch (steps.get(walked)) {
            case Step.Name step -> putMember(at, step, walked, result);
            case Step.Index step -> putElement(at, step, walked, result);
        };
    }

    private Object putMember(Object at, Step.Name step, int walked, Object result) {
        Object child = at == Way.NOTHING ? Way.NOTHING : step.walk(at);
        if (at != Way.NOTHING && !(at instanceof Map)) {
            return Way.NOTHING;
        }
        Object after = put(child, walked + 1, result);
        if (after == Way.NOTHING) {
            return Way.NOTHING;
        }
        return at instanceof Map<?, ?> members
                ? JsonObject.of(members).with(step.name(), after)
                : JsonObject.EMPTY.with(step.name(), after);
    }

    /// Positions that do not exist are not made.
    private Object putElement(Object at, Step.Index step, int walked, Object result) {
        if (!(at instanceof List<?> elements)
                || step.index() < 0
                || step.index() >= elements.size()) {
            return Way.NOTHING;
        }
        Object after = put(elements.get(step.index()), walked + 1, result);
        if (after == Way.NOTHING) {
            return Way.NOTHING;
        }
        var replaced = new ArrayList<Object>(elements);
        replaced.set(step.index(), after);
        return Collections.unmodifiableList(replaced);
    }
}
