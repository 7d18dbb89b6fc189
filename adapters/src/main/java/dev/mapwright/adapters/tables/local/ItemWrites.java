package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.ItemStore.Changed;
import dev.mapwright.adapters.tables.local.ItemStore.Step;
import dev.mapwright.adapters.tables.local.expression.Condition;
import dev.mapwright.adapters.tables.local.expression.Kind;
import dev.mapwright.adapters.tables.local.expression.Path;
import dev.mapwright.adapters.tables.local.expression.Update;
import dev.mapwright.adapters.tables.local.item.AttributeJson;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.ItemSize;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// PutItem, UpdateItem and DeleteItem; the same, as parts of a transaction.
final class ItemWrites {
    private static final Set<String> PUT = parameters("Item");
    private static final Set<String> DELETE = parameters("Key");
    private static final Set<String> UPDATE = parameters("Key", "UpdateExpression");
    private static final List<String> RETURN_VALUES =
            List.of("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");

    private final Catalog catalog;
    private final ItemStore items;

    ItemWrites(Catalog catalog, ItemStore items) {
        this.catalog = catalog;
        this.items = items;
    }

    /// Those of every write, and its own.
    private static Set<String> parameters(String... own) {
        return Stream.concat(
                        Stream.of(own),
                        Stream.of(
                                "TableName",
                                "ReturnValues",
                                Capacity.PARAMETER,
                                "ReturnItemCollectionMetrics",
                                "ConditionExpression",
                                "ExpressionAttributeNames",
                                "ExpressionAttributeValues",
                                "ReturnValuesOnConditionCheckFailure"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// A write that is ready to be made.
    ///
    /// @param update what UPDATED_OLD and UPDATED_NEW are about
    record Planned(Step step, M key, Update update) {}

    Map<String, Object> put(Map<String, Object> members) throws InterruptedException {
        Parameters request = new Parameters(members).accepting("PutItem", PUT);
        String returned = returnValues(request, Set.of("ALL_OLD", "NONE"));
        return write(request, planPut(request), returned);
    }

    Map<String, Object> delete(Map<String, Object> members) throws InterruptedException {
        Parameters request = new Parameters(members).accepting("DeleteItem", DELETE);
        String returned = returnValues(request, Set.of("ALL_OLD", "NONE"));
        return write(request, planDelete(request), returned);
    }

    Map<String, Object> update(Map<String, Object> members) throws InterruptedException {
        Parameters request = new Parameters(members).accepting("UpdateItem", UPDATE);
        String returned = returnValues(request, Set.copyOf(RETURN_VALUES));
        return write(request, planUpdate(request), returned);
    }

    Planned planPut(Parameters request) {
        String tableName = request.requiredText("TableName");
        M item = AttributeJson.readItem(request.required("Item"));
        ItemRules.checkNames(item);
        var expressions = new Expressions(request, Kind.CONDITION);
        Guard guard = Guard.of(request, expressions);
        Table table = catalog.table(tableName);
        ItemRules.checkItem(table.definition(), item);
        var step = new Step(table, KeyLayout.itemKey(table.definition(), item), before -> {
            guard.check(before);
            return Optional.of(item);
        });
        return new Planned(step, table.definition().key().keyOf(item), Update.NOTHING);
    }

    Planned planDelete(Parameters request) {
        String tableName = request.requiredText("TableName");
        M key = AttributeJson.readItem(request.required("Key"));
        var expressions = new Expressions(request, Kind.CONDITION);
        Guard guard = Guard.of(request, expressions);
        return keyed(tableName, key, Update.NOTHING, before -> {
            guard.check(before);
            return Optional.empty();
        });
    }

    /// A transaction's ConditionCheck: leaves the item as it is.
    Planned planCheck(Parameters request) {
        String tableName = request.requiredText("TableName");
        M key = AttributeJson.readItem(request.required("Key"));
        request.required("ConditionExpression");
        var expressions = new Expressions(request, Kind.CONDITION);
        Guard guard = Guard.of(request, expressions);
        return keyed(tableName, key, Update.NOTHING, before -> {
            guard.check(before);
            return before;
        });
    }

    Planned planUpdate(Parameters request) {
        String tableName = request.requiredText("TableName");
        M key = AttributeJson.readItem(request.required("Key"));
        var expressions = new Expressions(request, Kind.UPDATE, Kind.CONDITION);
        Update update = expressions.update();
        Guard guard = Guard.of(request, expressions);
        TableDefinition table = catalog.table(tableName).definition();
        for (Path path : update.touched().paths()) {
            if (table.key().contains(path.attribute())) {
                throw TableException.invalidParameter(
                        "Cannot update attribute %s. This attribute is part of the key"
                                .formatted(path.attribute()));
            }
        }
        return keyed(tableName, key, update, before -> {
            guard.check(before);
            M changed = update.apply(before.orElse(key));
            ItemRules.checkUpdated(table, changed);
            return Optional.of(changed);
        });
    }

    private Planned keyed(String tableName, M key, Update update, ItemStore.Change change) {
        Table table = catalog.table(tableName);
        ItemRules.checkKey(table.definition().key(), key);
        return new Planned(
                new Step(table, KeyLayout.itemKey(table.definition(), key), change), key, update);
    }

    private Map<String, Object> write(Parameters request, Planned planned, String returned)
            throws InterruptedException {
        Capacity.Detail detail = Capacity.detail(request);
        Optional<String> metrics =
                request.choice("ReturnItemCollectionMetrics", List.of("SIZE", "NONE"));
        Changed changed = items.change(planned.step());
        var response = new LinkedHashMap<String, Object>();
        returned(returned, planned, changed)
                .ifPresent(item -> response.put("Attributes", AttributeJson.writeItem(item)));
        TableDefinition table = planned.step().table().definition();
        Capacity.consumed(detail, table.name(), writeUnits(changed))
                .ifPresent(consumed -> response.put("ConsumedCapacity", consumed));
        if (metrics.filter("SIZE"::equals).isPresent() && table.hasLocalIndex()) {
            response.put("ItemCollectionMetrics", collectionMetrics(table, planned.key()));
        }
        return response;
    }

    static double writeUnits(Changed changed) {
        int before = changed.before().map(ItemSize::of).orElse(0);
        int after = changed.after().map(ItemSize::of).orElse(0);
        return Capacity.write(Math.max(before, after));
    }

    private static Map<String, Object> collectionMetrics(TableDefinition table, M key) {
        String partition = table.key().partition().name();
        return Map.of(
                "ItemCollectionKey",
                Map.of(partition, AttributeJson.write(key.members().get(partition))),
                "SizeEstimateRangeGB",
                List.of(0.0, 1.0));
    }

    private static Optional<M> returned(String values, Planned planned, Changed changed) {
        return switch (values) {
            case "ALL_OLD" -> changed.before();
            case "ALL_NEW" -> changed.after();
            case "UPDATED_OLD" -> touched(planned.update(), changed.before());
            case "UPDATED_NEW" -> touched(planned.update(), changed.after());
            default -> Optional.empty();
        };
    }

    private static Optional<M> touched(Update update, Optional<M> item) {
        return item.map(update.touched()::apply).filter(part -> !part.members().isEmpty());
    }

    private static String returnValues(Parameters request, Set<String> allowed) {
        String values = request.choice("ReturnValues", RETURN_VALUES).orElse("NONE");
        if (!allowed.contains(values)) {
            throw TableException.validation("Return values set to invalid value");
        }
        return values;
    }

    /// The condition of a write, and what its failure shows.
    private record Guard(Optional<Condition> condition, Optional<String> shown) {
        /// Reads the last of the request's expressions.
        static Guard of(Parameters request, Expressions expressions) {
            var guard = new Guard(
                    expressions.condition(),
                    request.choice(
                            "ReturnValuesOnConditionCheckFailure", List.of("ALL_OLD", "NONE")));
            expressions.checkAllUsed();
            return guard;
        }

        void check(Optional<M> before) {
            if (condition.isEmpty() || condition.get().holds(before.orElse(M.EMPTY))) {
                return;
            }
            Map<String, Object> extra = before.filter(
                            _ -> shown.filter("ALL_OLD"::equals).isPresent())
                    .map(item -> Map.<String, Object>of("Item", AttributeJson.writeItem(item)))
                    .orElse(Map.of());
            throw new TableException(
                    "ConditionalCheckFailedException", "The conditional request failed", extra);
        }
    }
}
