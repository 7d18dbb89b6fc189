package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.expression.Condition;
import dev.mapwright.adapters.tables.local.expression.Projection;
import dev.mapwright.adapters.tables.local.item.AttributeJson;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What Query and Scan have in common: where they read, what they keep, and where they stop.
///
/// @param limit items looked at, before the filter
record PageQuery(
        Table table,
        Optional<IndexDefinition> index,
        int limit,
        Optional<M> startKey,
        Optional<Condition> filter,
        Optional<Projection> projection,
        Optional<String> select) {
    private static final List<String> SELECTS =
            List.of("SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");

    static PageQuery read(Table table, Parameters request, Expressions expressions) {
        TableDefinition definition = table.definition();
        Optional<IndexDefinition> index = index(definition, request);
        Optional<Condition> filter = expressions.filter();
        Optional<Projection> projection = expressions.projection();
        Optional<String> select = request.choice("Select", SELECTS);
        checkSelect(select, index, projection);
        if (index.filter(each -> each.reach() == IndexDefinition.Reach.GLOBAL).isPresent()
                && request.flag("ConsistentRead").orElse(false)) {
            throw TableException.validation(
                    "Consistent reads are not supported on global secondary indexes");
        }
        return new PageQuery(
                table,
                index,
                request.count("Limit", 1, Integer.MAX_VALUE).orElse(Integer.MAX_VALUE),
                startKey(definition, index, request),
                filter,
                projection,
                select);
    }

    KeySchema key() {
        return index.map(IndexDefinition::key).orElse(table.definition().key());
    }

    boolean countsOnly() {
        return select.filter("COUNT"::equals).isPresent();
    }

    /// A local index knows the whole item's place: attributes beyond its projection are fetched
    /// from the table.
    boolean needsWholeItem() {
        boolean isPartial = index.filter(each -> each.reach() == IndexDefinition.Reach.LOCAL
                        && each.projection() != IndexDefinition.ProjectionType.ALL)
                .isPresent();
        return isPartial
                && (select.filter("ALL_ATTRIBUTES"::equals).isPresent() || projection.isPresent());
    }

    byte[] prefix() {
        return index.map(each -> KeyLayout.indexPrefix(table.definition(), each))
                .orElseGet(() -> KeyLayout.tablePrefix(table.definition()));
    }

    byte[] storedKey(M item) {
        return index.map(each -> KeyLayout.entryKey(table.definition(), each, item))
                .orElseGet(() -> KeyLayout.itemKey(table.definition(), item));
    }

    /// The `LastEvaluatedKey` after this item: the table's key, and the index's.
    M pageKey(M item) {
        return Projection.ofAttributes(keyNames(table.definition(), index)).apply(item);
    }

    private static List<String> keyNames(TableDefinition table, Optional<IndexDefinition> index) {
        List<String> indexNames = index.map(each -> each.key().names()).orElse(List.of());
        return Stream.concat(table.key().names().stream(), indexNames.stream())
                .distinct()
                .toList();
    }

    private static Optional<IndexDefinition> index(TableDefinition table, Parameters request) {
        return request.text("IndexName").map(name -> table.index(name)
                .orElseThrow(() -> TableException.validation(
                        "The table does not have the specified index: " + name)));
    }

    private static void checkSelect(
            Optional<String> select,
            Optional<IndexDefinition> index,
            Optional<Projection> projection) {
        String chosen = select.orElse("");
        if (projection.isPresent() && !chosen.isEmpty() && !chosen.equals("SPECIFIC_ATTRIBUTES")) {
            throw TableException.validation(
                    "Cannot specify the ProjectionExpression when choosing to get " + chosen);
        }
        if (projection.isEmpty() && chosen.equals("SPECIFIC_ATTRIBUTES")) {
            throw TableException.validation(
                    "Must specify the ProjectionExpression when choosing to get"
                            + " SPECIFIC_ATTRIBUTES");
        }
        if (index.isEmpty() && chosen.equals("ALL_PROJECTED_ATTRIBUTES")) {
            throw TableException.validation(
                    "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
        boolean isPartialGlobal = index.filter(each -> each.reach() == IndexDefinition.Reach.GLOBAL
                        && each.projection() != IndexDefinition.ProjectionType.ALL)
                .isPresent();
        if (isPartialGlobal && chosen.equals("ALL_ATTRIBUTES")) {
            throw TableException.invalidParameter(
                    ("Select type ALL_ATTRIBUTES is not supported for global secondary"
                                    + " index %s because its projection type is not ALL")
                            .formatted(index.get().name()));
        }
    }

    private static Optional<M> startKey(
            TableDefinition table, Optional<IndexDefinition> index, Parameters request) {
        Optional<M> given = request.map("ExclusiveStartKey").map(AttributeJson::readItem);
        given.ifPresent(key -> {
            if (key.members().size() != keyNames(table, index).size()) {
                throw invalidStart("The provided key element does not match the schema");
            }
            checkPart(table.key(), key);
            index.ifPresent(each -> checkPart(each.key(), key));
        });
        return given;
    }

    private static void checkPart(KeySchema schema, M key) {
        boolean matches = schema.attributes().allMatch(attribute -> {
            var value = key.members().get(attribute.name());
            return value != null && value.type().equals(attribute.type());
        });
        if (!matches) {
            throw invalidStart("The provided key element does not match the schema");
        }
    }

    static TableException invalidStart(String reason) {
        return TableException.validation("The provided starting key is invalid: " + reason);
    }
}
