package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.expression.Kind;
import dev.mapwright.adapters.tables.local.expression.Projection;
import dev.mapwright.adapters.tables.local.item.AttributeJson;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.ItemSize;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// GetItem.
final class ItemReads {
    private static final Set<String> GET = Set.of(
            "TableName",
            "Key",
            "ConsistentRead",
            Capacity.PARAMETER,
            "ProjectionExpression",
            "ExpressionAttributeNames");

    private final Catalog catalog;
    private final ItemStore items;

    ItemReads(Catalog catalog, ItemStore items) {
        this.catalog = catalog;
        this.items = items;
    }

    /// One item to read, and the part of it that is wanted.
    record Planned(Table table, byte[] key, Optional<Projection> projection) {
        M projected(M item) {
            return projection.map(part -> part.apply(item)).orElse(item);
        }
    }

    Map<String, Object> get(Map<String, Object> members) {
        Parameters request = new Parameters(members).accepting("GetItem", GET);
        Planned planned = plan(request);
        Capacity.Detail detail = Capacity.detail(request);
        Optional<M> item = items.read(planned.table(), planned.key());
        var response = new LinkedHashMap<String, Object>();
        item.ifPresent(
                found -> response.put("Item", AttributeJson.writeItem(planned.projected(found))));
        double units = Capacity.read(item.map(ItemSize::of).orElse(0), request);
        Capacity.consumed(detail, planned.table().definition().name(), units)
                .ifPresent(consumed -> response.put("ConsumedCapacity", consumed));
        return response;
    }

    Planned plan(Parameters request) {
        String tableName = request.requiredText("TableName");
        M key = AttributeJson.readItem(request.required("Key"));
        var expressions = new Expressions(request, Kind.PROJECTION);
        Optional<Projection> projection = expressions.projection();
        expressions.checkAllUsed();
        Table table = catalog.table(tableName);
        ItemRules.checkKey(table.definition().key(), key);
        return new Planned(table, KeyLayout.itemKey(table.definition(), key), projection);
    }
}
