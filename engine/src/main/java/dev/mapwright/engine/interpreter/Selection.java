package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.expression.Variables;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemSelector;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.world.World;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A Map state's ItemSelector with all that it reads. It can be written down, for a map run may
/// outlive the visit to its Map state, and even the process.
public final class Selection implements ItemSelector {
    private final State.MapState map;
    private final ContextObject context;
    private final Scope fields;
    private final Entry entry;

    private Selection(State.MapState map, ContextObject context, Scope fields, Entry entry) {
        this.map = map;
        this.context = context;
        this.fields = fields;
        this.entry = entry;
    }

    /// When and how the state was entered.
    private record Entry(Instant at, long eventId, int retryCount) {}

    /// @param fields what the state's own fields read
    static Selection of(State.MapState map, Visit visit, Scope fields) {
        var entry = new Entry(visit.enteredAt(), visit.enteredEventId(), visit.retryCount());
        return new Selection(map, visit.walk().run().context(), fields, entry);
    }

    /// Reads what [#json] made.
    public static Selection of(State.MapState map, Execution execution, Json written, World world) {
        var members = (Map<?, ?>) written.value();
        var variables = new HashMap<String, Json>();
        ((Map<?, ?>) members.get("Variables"))
                .forEach((name, value) -> variables.put((String) name, Json.of(value)));
        var entry = new Entry(
                Instant.parse((String) members.get("EnteredTime")),
                ((Number) members.get("EnteredEventId")).longValue(),
                ((Number) members.get("RetryCount")).intValue());
        var fields = new Scope(
                Json.of(members.get("Input")),
                Optional.empty(),
                Optional.empty(),
                () -> Json.EMPTY_OBJECT,
                Variables.NONE.assign(variables),
                world.now(),
                world.random());
        return new Selection(map, new ContextObject(execution), fields, entry);
    }

    /// `{"Input", "Variables", "EnteredTime", "EnteredEventId", "RetryCount"}`: what neither the
    /// definition nor the execution's record knows.
    public Json json() {
        var variables = new LinkedHashMap<String, Object>();
        fields.variables().visible().forEach((name, value) -> variables.put(name, value.value()));
        var members = new LinkedHashMap<String, Object>();
        members.put("Input", fields.input().value());
        members.put("Variables", variables);
        members.put("EnteredTime", entry.at().toString());
        members.put("EnteredEventId", entry.eventId());
        members.put("RetryCount", entry.retryCount());
        return Json.of(members);
    }

    @Override
    public Json select(Item item) throws EvaluationFailed {
        if (map.itemSelector().isEmpty()) {
            return WHOLE_ITEM.select(item);
        }
        Scope scope = fields.withContext(() -> context.of(
                map.name(),
                entry.at(),
                Optional.of(entry.retryCount()),
                Optional.empty(),
                Optional.of(context(item))));
        try {
            return map.itemSelector().get().evaluate(scope);
        } catch (EvaluationFailed problem) {
            throw new EvaluationFailed(
                    problem.error(),
                    Visit.prefix(map.name(), entry.eventId()) + problem.detail(),
                    problem.location());
        }
    }

    private static Map<String, Object> context(Item item) {
        var context = new LinkedHashMap<String, Object>();
        context.put("Index", item.index());
        item.key().ifPresent(key -> context.put("Key", key));
        context.put("Value", item.value().value());
        context.put("Source", item.source());
        return context;
    }
}
