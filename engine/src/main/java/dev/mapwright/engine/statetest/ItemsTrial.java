package dev.mapwright.engine.statetest;

import dev.mapwright.asl.definition.BatchSpec;
import dev.mapwright.asl.definition.MapMode;
import dev.mapwright.asl.definition.ReaderSpec;
import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.maprun.Batches;
import dev.mapwright.engine.maprun.ItemsFailed;
import dev.mapwright.engine.maprun.RunPlan.Batching;
import dev.mapwright.engine.task.TaskFailed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A dataset's way to the inputs of a Map state's iterations: through the pointer into the
/// document, the selector and the batcher.
///
/// @param seen takes what the inspection shows of each stage
record ItemsTrial(State.MapState map, TestContext context, Map<String, Object> seen) {
    private static final String STATE_DATA = "STATE_DATA";

    /// @param dataset what `Items` or `ItemsPath` yields, or what the ItemReader has read
    /// @param fields the scope of the state's own fields
    /// @return how many items there are
    long follow(Json dataset, Scope fields) throws EvaluationFailed, TaskFailed {
        Optional<ReaderSpec> reader = distributed().flatMap(MapMode.Distributed::reader);
        Json document = reader.isEmpty() ? dataset : pointed(reader.get(), dataset, fields);
        List<Map<String, Object>> items = items(document);
        if (reader.isPresent()) {
            items = items.subList(0, count(reader.get(), items.size(), fields));
        }
        if (distributed().isPresent()) {
            String source = reader.isEmpty() ? STATE_DATA : source(reader.get(), fields);
            items.forEach(item -> item.put("Source", source));
        }
        List<Json> selected = selected(items, fields);
        if (map.itemSelector().isPresent()) {
            seen.put("afterItemSelector", array(selected));
        }
        Optional<BatchSpec> batch = distributed().flatMap(MapMode.Distributed::batch);
        if (batch.isPresent()) {
            seen.put("afterItemBatcher", array(batched(batch.get(), selected, fields)));
        }
        return items.size();
    }

    private Optional<MapMode.Distributed> distributed() {
        return switch (map.mode()) {
            case MapMode.Distributed distributed -> Optional.of(distributed);
            case MapMode.Inline() -> Optional.empty();
        };
    }

    private Json pointed(ReaderSpec reader, Json document, Scope fields)
            throws EvaluationFailed, TaskFailed {
        if (!reader.config().containsKey("ItemsPointer")) {
            return document;
        }
        Json pointer = reader.config().get("ItemsPointer").evaluate(fields);
        Json node = JsonPointer.of(pointer)
                .flatMap(way -> way.in(document))
                .orElseThrow(ItemsTrial::notIterable);
        seen.put("afterItemsPointer", node);
        return node;
    }

    /// The context object's `Map.Item` of each item, without its source.
    private static List<Map<String, Object>> items(Json document) throws TaskFailed {
        var items = new ArrayList<Map<String, Object>>();
        switch (document.value()) {
            case List<?> elements ->
                elements.forEach(value -> items.add(item(items.size(), Optional.empty(), value)));
            case Map<?, ?> members ->
                members.forEach(
                        (key, value) -> items.add(item(items.size(), Optional.of(key), value)));
            case null, default -> throw notIterable();
        }
        return items;
    }

    private static Map<String, Object> item(int index, Optional<Object> key, Object value) {
        var item = new LinkedHashMap<String, Object>();
        item.put("Index", index);
        key.ifPresent(name -> item.put("Key", name));
        item.put("Value", value);
        return item;
    }

    private static int count(ReaderSpec reader, int items, Scope fields)
            throws EvaluationFailed, TaskFailed {
        long most = number(reader.maxItems(), fields).orElse(0L);
        if (most < 0) {
            throw TaskFailed.of("States.ItemReaderFailed", "field MaxItems must be positive");
        }
        return most == 0 ? items : (int) Math.min(items, most);
    }

    private static String source(ReaderSpec reader, Scope fields) throws EvaluationFailed {
        if (!(reader.arguments().evaluate(fields).value() instanceof Map<?, ?> arguments)) {
            return STATE_DATA;
        }
        String bucket = "s3://" + arguments.get("Bucket");
        return arguments.containsKey("Key") ? bucket + "/" + arguments.get("Key") : bucket;
    }

    private List<Json> selected(List<Map<String, Object>> items, Scope fields)
            throws EvaluationFailed {
        var selected = new ArrayList<Json>();
        for (Map<String, Object> item : items) {
            if (map.itemSelector().isPresent()) {
                Json around = context.withItem(item);
                Scope scope = fields.withContext(() -> around);
                selected.add(map.itemSelector().get().evaluate(scope));
            } else {
                selected.add(plain(item));
            }
        }
        return selected;
    }

    /// What an iteration gets of an item without an ItemSelector.
    private static Json plain(Map<String, Object> item) {
        if (!item.containsKey("Key")) {
            return Json.of(item.get("Value"));
        }
        var pair = new LinkedHashMap<String, Object>();
        pair.put("Key", item.get("Key"));
        pair.put("Value", item.get("Value"));
        return Json.of(pair);
    }

    private static List<Json> batched(BatchSpec batch, List<Json> items, Scope fields)
            throws EvaluationFailed, TaskFailed {
        Optional<Json> input = batch.batchInput().isEmpty()
                ? Optional.empty()
                : Optional.of(batch.batchInput().get().evaluate(fields));
        var batching = new Batching(
                number(batch.maxItemsPerBatch(), fields).orElse(0L).intValue(),
                number(batch.maxInputBytesPerBatch(), fields)
                        .orElse((long) Quotas.PAYLOAD_BYTES_MAX)
                        .intValue(),
                input);
        try {
            return Batches.of(items, batching, Quotas.PAYLOAD_BYTES_MAX);
        } catch (ItemsFailed problem) {
            throw new TaskFailed(problem.failure());
        }
    }

    private static Optional<Long> number(Optional<Expression> field, Scope fields)
            throws EvaluationFailed {
        return field.isEmpty()
                ? Optional.empty()
                : Optional.of(((Number) field.get().evaluate(fields).value()).longValue());
    }

    private static Json array(List<Json> values) {
        return Json.of(values.stream().map(Json::value).toList());
    }

    private static TaskFailed notIterable() {
        return TaskFailed.of(
                "States.ItemReaderFailed", "Attempting to map over non-iterable node.");
    }
}
