package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.IndexDefinition.ProjectionType;
import dev.mapwright.adapters.tables.local.IndexDefinition.Reach;
import dev.mapwright.adapters.tables.local.KeySchema.KeyAttribute;
import dev.mapwright.adapters.tables.local.TableSettings.Billing;
import dev.mapwright.adapters.tables.local.TableSettings.BillingMode;
import dev.mapwright.adapters.tables.local.TableSettings.Protection;
import dev.mapwright.adapters.tables.local.item.ItemSize;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/// Reads CreateTable, and the parts of it that UpdateTable and TagResource share.
final class TableRequests {
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    static final int GLOBAL_INDEXES_MAX = 20;

    static final int LOCAL_INDEXES_MAX = 5;
    static final int TAGS_MAX = 50;

    static final List<String> TABLE_CLASSES = List.of("STANDARD", "STANDARD_INFREQUENT_ACCESS");

    private static final Set<String> CREATE = Set.of(
            "AttributeDefinitions",
            "TableName",
            "KeySchema",
            "LocalSecondaryIndexes",
            "GlobalSecondaryIndexes",
            "BillingMode",
            "ProvisionedThroughput",
            "StreamSpecification",
            "SSESpecification",
            "Tags",
            "TableClass",
            "DeletionProtectionEnabled");
    private static final Set<String> INDEX =
            Set.of("IndexName", "KeySchema", "Projection", "ProvisionedThroughput");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

    private TableRequests() {}

    /// Everything about a new table but its number.
    static TableDefinition create(Map<String, Object> members, Instant now) {
        Parameters request = new Parameters(members).accepting("CreateTable", CREATE);
        String name = checkName("tableName", request.requiredText("TableName"));
        Map<String, String> types = attributeTypes(request);
        KeySchema key = keySchema(request, types);
        BillingMode mode = billingMode(request).orElse(BillingMode.PROVISIONED);
        Throughput throughput = throughput(request, mode);
        List<IndexDefinition> indexes = indexes(request, key, types, mode);
        checkAttributesUsed(types, key, indexes);
        refuseEnabled(request, "StreamSpecification", "StreamEnabled");
        refuseEnabled(request, "SSESpecification", "Enabled");
        String id = UUID.nameUUIDFromBytes((name + now).getBytes(StandardCharsets.UTF_8))
                .toString();
        return new TableDefinition(
                name,
                0,
                id,
                now,
                key,
                types,
                indexes,
                new TableSettings(
                        new Billing(
                                mode,
                                throughput,
                                mode == BillingMode.PAY_PER_REQUEST
                                        ? Optional.of(now)
                                        : Optional.empty()),
                        protection(request).orElse(Protection.OFF),
                        request.choice("TableClass", TABLE_CLASSES),
                        tags(request),
                        Optional.empty()));
    }

    static Optional<BillingMode> billingMode(Parameters request) {
        return request.choice("BillingMode", List.of("PROVISIONED", "PAY_PER_REQUEST"))
                .map(BillingMode::valueOf);
    }

    static Optional<Protection> protection(Parameters request) {
        return request.flag("DeletionProtectionEnabled")
                .map(on -> on ? Protection.ON : Protection.OFF);
    }

    static Throughput throughput(Parameters request, BillingMode mode) {
        Optional<Parameters> given = request.object("ProvisionedThroughput");
        return switch (mode) {
            case PAY_PER_REQUEST -> {
                if (given.isPresent()) {
                    throw TableException.invalidParameter(
                            "Neither ReadCapacityUnits nor WriteCapacityUnits can be"
                                    + " specified when BillingMode is PAY_PER_REQUEST");
                }
                yield Throughput.NONE;
            }
            case PROVISIONED -> {
                Parameters units = given.orElseThrow(
                        () -> TableException.invalidParameter(
                                "ReadCapacityUnits and"
                                        + " WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"));
                yield new Throughput(
                        positive(units, "ReadCapacityUnits"),
                        positive(units, "WriteCapacityUnits"));
            }
        };
    }

    static Map<String, String> tags(Parameters request) {
        var tags = new LinkedHashMap<String, String>();
        for (Parameters tag : request.objects("Tags")) {
            tags.put(tag.requiredText("Key"), tag.requiredText("Value"));
        }
        if (tags.size() > TAGS_MAX) {
            throw TableException.invalidParameter("Too many tags: %d, but at most %d are allowed"
                    .formatted(tags.size(), TAGS_MAX));
        }
        return tags;
    }

    static void refuseEnabled(Parameters request, String parameter, String flag) {
        if (request.object(parameter).flatMap(each -> each.flag(flag)).orElse(false)) {
            throw TableException.validation("%s with %s is not supported by Mapwright's DynamoDB"
                    .formatted(parameter, flag));
        }
    }

    private static long positive(Parameters units, String name) {
        long value = units.requiredLong(name);
        if (value < 1) {
            throw TableException.validation(
                    ("1 validation error detected: Value '%d' at 'provisionedThroughput.%s' failed"
                                    + " to satisfy constraint: Member must have value greater than or equal to 1")
                            .formatted(
                                    value,
                                    Character.toLowerCase(name.charAt(0)) + name.substring(1)));
        }
        return value;
    }

    private static String checkName(String member, String name) {
        if (!NAME.matcher(name).matches()) {
            throw TableException.validation(
                    ("1 validation error detected: Value '%s' at '%s' failed to satisfy"
                                    + " constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+, and have a length"
                                    + " from 3 to 255")
                            .formatted(name, member));
        }
        return name;
    }

    private static Map<String, String> attributeTypes(Parameters request) {
        request.required("AttributeDefinitions");
        var types = new LinkedHashMap<String, String>();
        for (Parameters attribute : request.objects("AttributeDefinitions")) {
            String name = attribute.requiredText("AttributeName");
            attribute.required("AttributeType");
            if (name.isEmpty() || ItemSize.utf8(name) > ItemRules.KEY_NAME_BYTES_MAX) {
                throw TableException.validation(
                        ("1 validation error detected: Value '%s' at 'attributeName' failed to"
                                        + " satisfy constraint: Member must have length from 1 to 255")
                                .formatted(name));
            }
            String type =
                    attribute.choice("AttributeType", List.of("B", "N", "S")).orElseThrow();
            if (types.put(name, type) != null) {
                throw TableException.invalidParameter(
                        "Duplicate AttributeName in AttributeDefinitions: " + name);
            }
        }
        return types;
    }

    private static KeySchema keySchema(Parameters request, Map<String, String> types) {
        request.required("KeySchema");
        List<Parameters> elements = request.objects("KeySchema");
        if (elements.isEmpty() || elements.size() > 2) {
            throw TableException.validation(
                    ("1 validation error detected: Value of %d elements at 'keySchema' failed to"
                                    + " satisfy constraint: Member must have length from 1 to 2")
                            .formatted(elements.size()));
        }
        KeyAttribute partition = keyAttribute(
                elements.getFirst(),
                "HASH",
                types,
                "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        if (elements.size() == 1) {
            return new KeySchema(partition, Optional.empty());
        }
        KeyAttribute sort = keyAttribute(
                elements.getLast(),
                "RANGE",
                types,
                "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        if (sort.name().equals(partition.name())) {
            throw TableException.validation(
                    "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }
        return new KeySchema(partition, Optional.of(sort));
    }

    private static KeyAttribute keyAttribute(
            Parameters element, String kind, Map<String, String> types, String otherKind) {
        String name = element.requiredText("AttributeName");
        element.required("KeyType");
        if (!element.choice("KeyType", List.of("HASH", "RANGE")).orElseThrow().equals(kind)) {
            throw TableException.validation(otherKind);
        }
        if (!types.containsKey(name)) {
            throw TableException.invalidParameter(
                    ("Some index key attributes are not defined in AttributeDefinitions."
                                    + " Keys: [%s], AttributeDefinitions: [%s]")
                            .formatted(name, String.join(", ", types.keySet())));
        }
        return new KeyAttribute(name, types.get(name));
    }

    private static List<IndexDefinition> indexes(
            Parameters request, KeySchema key, Map<String, String> types, BillingMode mode) {
        var indexes = new ArrayList<IndexDefinition>();
        var names = new HashSet<String>();
        for (Parameters given : request.objects("LocalSecondaryIndexes")) {
            IndexDefinition index =
                    index(given, Reach.LOCAL, indexes.size(), types, Throughput.NONE);
            if (!index.key().partition().equals(key.partition())) {
                throw TableException.invalidParameter(
                        ("Table KeySchema does not match the index KeySchema: the local"
                                        + " index %s must have the table's partition key %s")
                                .formatted(index.name(), key.partition().name()));
            }
            indexes.add(index);
        }
        checkCount("LocalSecondaryIndexes", indexes.size(), LOCAL_INDEXES_MAX);
        List<Parameters> global = request.objects("GlobalSecondaryIndexes");
        checkCount("GlobalSecondaryIndexes", global.size(), GLOBAL_INDEXES_MAX);
        for (Parameters given : global) {
            indexes.add(index(given, Reach.GLOBAL, indexes.size(), types, throughput(given, mode)));
        }
        for (IndexDefinition index : indexes) {
            if (!names.add(index.name())) {
                throw TableException.invalidParameter("Duplicate index name: " + index.name());
            }
        }
        return indexes;
    }

    private static IndexDefinition index(
            Parameters given,
            Reach reach,
            int number,
            Map<String, String> types,
            Throughput throughput) {
        given.accepting(
                reach == Reach.GLOBAL ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes", INDEX);
        Parameters projection = given.object("Projection")
                .orElseThrow(() -> Parameters.mustNotBeNull("Projection"));
        ProjectionType type = projection
                .choice("ProjectionType", List.of("ALL", "INCLUDE", "KEYS_ONLY"))
                .map(ProjectionType::valueOf)
                .orElseThrow(() -> TableException.invalidParameter("Unknown ProjectionType: null"));
        List<String> others = projection.list("NonKeyAttributes").orElse(List.of()).stream()
                .map(String::valueOf)
                .toList();
        if (type == ProjectionType.INCLUDE == others.isEmpty()) {
            throw TableException.invalidParameter("ProjectionType is %s, and NonKeyAttributes is %s"
                    .formatted(type, others.isEmpty() ? "not specified" : "specified"));
        }
        return new IndexDefinition(
                checkName("indexName", given.requiredText("IndexName")),
                number,
                reach,
                keySchema(given, types),
                type,
                others,
                throughput);
    }

    private static void checkCount(String parameter, int count, int max) {
        if (count > max) {
            throw TableException.invalidParameter(
                    "Number of %s exceeds per-table limit of %d".formatted(parameter, max));
        }
    }

    private static void checkAttributesUsed(
            Map<String, String> types, KeySchema key, List<IndexDefinition> indexes) {
        var used = new HashSet<>(key.names());
        indexes.forEach(index -> used.addAll(index.key().names()));
        if (!used.equals(types.keySet())) {
            throw TableException.invalidParameter(
                    "Some AttributeDefinitions are not used. AttributeDefinitions: %s,"
                                    .formatted(types.keySet())
                            + " keys used: " + used);
        }
    }
}
