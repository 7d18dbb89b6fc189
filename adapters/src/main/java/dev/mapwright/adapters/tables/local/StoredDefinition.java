package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.IndexDefinition.ProjectionType;
import dev.mapwright.adapters.tables.local.IndexDefinition.Reach;
import dev.mapwright.adapters.tables.local.KeySchema.KeyAttribute;
import dev.mapwright.adapters.tables.local.TableSettings.Billing;
import dev.mapwright.adapters.tables.local.TableSettings.BillingMode;
import dev.mapwright.adapters.tables.local.TableSettings.Protection;
import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Table definitions as they are stored: JSON with a version, read back by later versions.
final class StoredDefinition {
    private static final int VERSION = 1;

    private StoredDefinition() {}

    static byte[] write(TableDefinition table) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("name", table.name());
        tree.put("number", table.number());
        tree.put("id", table.id());
        tree.put("created", table.created().toString());
        tree.put("key", key(table.key()));
        tree.put("attributeTypes", table.attributeTypes());
        tree.put(
                "indexes", table.indexes().stream().map(StoredDefinition::index).toList());
        settings(table.settings(), tree);
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    static TableDefinition read(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        if (!Integer.valueOf(VERSION).equals(tree.get("version"))) {
            throw new IllegalStateException(
                    "Expected a table definition of version %d, found version %s"
                            .formatted(VERSION, tree.get("version")));
        }
        return new TableDefinition(
                (String) tree.get("name"),
                (Integer) tree.get("number"),
                (String) tree.get("id"),
                Instant.parse((String) tree.get("created")),
                readKey(tree.get("key")),
                readTexts(tree.get("attributeTypes")),
                ((List<?>) tree.get("indexes"))
                        .stream().map(StoredDefinition::readIndex).toList(),
                readSettings(tree));
    }

    private static void settings(TableSettings settings, Map<String, Object> tree) {
        Billing billing = settings.billing();
        tree.put("billingMode", billing.mode().name());
        tree.put("throughput", throughput(billing.throughput()));
        billing.onDemandSince().ifPresent(since -> tree.put("onDemandSince", since.toString()));
        tree.put("protection", settings.protection().name());
        settings.tableClass().ifPresent(name -> tree.put("tableClass", name));
        tree.put("tags", settings.tags());
        settings.timeToLiveAttribute().ifPresent(name -> tree.put("timeToLiveAttribute", name));
    }

    private static TableSettings readSettings(Map<?, ?> tree) {
        return new TableSettings(
                new Billing(
                        BillingMode.valueOf((String) tree.get("billingMode")),
                        readThroughput(tree.get("throughput")),
                        text(tree, "onDemandSince").map(Instant::parse)),
                Protection.valueOf((String) tree.get("protection")),
                text(tree, "tableClass"),
                readTexts(tree.get("tags")),
                text(tree, "timeToLiveAttribute"));
    }

    private static Object index(IndexDefinition index) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", index.name());
        tree.put("number", index.number());
        tree.put("reach", index.reach().name());
        tree.put("key", key(index.key()));
        tree.put("projection", index.projection().name());
        tree.put("nonKeyAttributes", index.nonKeyAttributes());
        tree.put("throughput", throughput(index.throughput()));
        return tree;
    }

    private static IndexDefinition readIndex(Object stored) {
        var tree = (Map<?, ?>) stored;
        return new IndexDefinition(
                (String) tree.get("name"),
                (Integer) tree.get("number"),
                Reach.valueOf((String) tree.get("reach")),
                readKey(tree.get("key")),
                ProjectionType.valueOf((String) tree.get("projection")),
                ((List<?>) tree.get("nonKeyAttributes"))
                        .stream().map(String.class::cast).toList(),
                readThroughput(tree.get("throughput")));
    }

    private static List<Object> key(KeySchema key) {
        return key.attributes()
                .<Object>map(attribute -> List.of(attribute.name(), attribute.type()))
                .toList();
    }

    private static KeySchema readKey(Object stored) {
        List<KeyAttribute> attributes = ((List<?>) stored)
                .stream()
                        .map(pair -> (List<?>) pair)
                        .map(pair -> new KeyAttribute((String) pair.get(0), (String) pair.get(1)))
                        .toList();
        return new KeySchema(attributes.getFirst(), attributes.stream().skip(1).findFirst());
    }

    private static List<Object> throughput(Throughput throughput) {
        return List.of(throughput.readUnits(), throughput.writeUnits());
    }

    private static Throughput readThroughput(Object stored) {
        var pair = (List<?>) stored;
        return new Throughput(
                ((Number) pair.get(0)).longValue(), ((Number) pair.get(1)).longValue());
    }

    private static Map<String, String> readTexts(Object stored) {
        var texts = new LinkedHashMap<String, String>();
        ((Map<?, ?>) stored).forEach((name, value) -> texts.put((String) name, (String) value));
        return texts;
    }

    private static Optional<String> text(Map<?, ?> tree, String name) {
        return Optional.ofNullable((String) tree.get(name));
    }
}
