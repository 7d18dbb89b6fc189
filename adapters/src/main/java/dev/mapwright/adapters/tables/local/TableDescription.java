package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.IndexDefinition.ProjectionType;
import dev.mapwright.adapters.tables.local.IndexDefinition.Reach;
import dev.mapwright.adapters.tables.local.TableSettings.BillingMode;
import dev.mapwright.adapters.tables.local.TableSettings.Protection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table as DescribeTable shows it. Times are seconds since 1970, with milliseconds behind the
/// point.
final class TableDescription {
    private TableDescription() {}

    static Map<String, Object> of(Table table, String status, Account account) {
        TableDefinition definition = table.definition();
        TableSettings settings = definition.settings();
        String arn = account.tableArn(definition.name());
        var shown = new LinkedHashMap<String, Object>();
        shown.put("AttributeDefinitions", attributes(definition));
        shown.put("TableName", definition.name());
        shown.put("KeySchema", key(definition.key()));
        shown.put("TableStatus", status);
        shown.put("CreationDateTime", seconds(definition.created()));
        shown.put("ProvisionedThroughput", throughput(settings.billing().throughput()));
        shown.put("TableSizeBytes", table.itemBytes());
        shown.put("ItemCount", table.itemCount());
        shown.put("TableArn", arn);
        shown.put("TableId", definition.id());
        BillingMode mode = settings.billing().mode();
        settings.billing()
                .onDemandSince()
                .ifPresent(since -> shown.put("BillingModeSummary", billing(mode, since)));
        indexes(shown, "LocalSecondaryIndexes", Reach.LOCAL, definition, arn);
        indexes(shown, "GlobalSecondaryIndexes", Reach.GLOBAL, definition, arn);
        settings.tableClass()
                .ifPresent(name -> shown.put("TableClassSummary", Map.of("TableClass", name)));
        shown.put("DeletionProtectionEnabled", settings.protection() == Protection.ON);
        return shown;
    }

    private static List<Object> attributes(TableDefinition definition) {
        var shown = new ArrayList<Object>();
        definition
                .attributeTypes()
                .forEach((name, type) ->
                        shown.add(ordered("AttributeName", name, "AttributeType", type)));
        return shown;
    }

    private static List<Object> key(KeySchema key) {
        var shown = new ArrayList<Object>();
        shown.add(ordered("AttributeName", key.partition().name(), "KeyType", "HASH"));
        key.sort()
                .ifPresent(sort ->
                        shown.add(ordered("AttributeName", sort.name(), "KeyType", "RANGE")));
        return shown;
    }

    private static Map<String, Object> throughput(Throughput throughput) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("NumberOfDecreasesToday", 0);
        shown.put("ReadCapacityUnits", throughput.readUnits());
        shown.put("WriteCapacityUnits", throughput.writeUnits());
        return shown;
    }

    private static Map<String, Object> billing(BillingMode mode, Instant onDemandSince) {
        return ordered(
                "BillingMode",
                mode.name(),
                "LastUpdateToPayPerRequestDateTime",
                seconds(onDemandSince));
    }

    private static void indexes(
            Map<String, Object> shown,
            String member,
            Reach reach,
            TableDefinition definition,
            String arn) {
        List<Map<String, Object>> indexes = definition.indexes().stream()
                .filter(index -> index.reach() == reach)
                .map(index -> index(index, arn))
                .toList();
        if (!indexes.isEmpty()) {
            shown.put(member, indexes);
        }
    }

    private static Map<String, Object> index(IndexDefinition index, String arn) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("IndexName", index.name());
        shown.put("KeySchema", key(index.key()));
        shown.put(
                "Projection",
                index.projection() == ProjectionType.INCLUDE
                        ? ordered(
                                "ProjectionType",
                                index.projection().name(),
                                "NonKeyAttributes",
                                index.nonKeyAttributes())
                        : Map.of("ProjectionType", index.projection().name()));
        if (index.reach() == Reach.GLOBAL) {
            shown.put("IndexStatus", "ACTIVE");
            shown.put("ProvisionedThroughput", throughput(index.throughput()));
        }
        shown.put("IndexArn", arn + "/index/" + index.name());
        return shown;
    }

    private static Map<String, Object> ordered(
            String first, Object one, String second, Object two) {
        var pair = new LinkedHashMap<String, Object>();
        pair.put(first, one);
        pair.put(second, two);
        return pair;
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }
}
