package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.TableSettings.Billing;
import dev.mapwright.adapters.tables.local.TableSettings.BillingMode;
import dev.mapwright.adapters.tables.local.TableSettings.Protection;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Making, describing, changing and deleting tables, and what deployment tools ask about them.
final class TableAdministration {
    static final int LIST_MAX = 100;

    private static final Set<String> UPDATE = Set.of(
            "TableName",
            "AttributeDefinitions",
            "BillingMode",
            "ProvisionedThroughput",
            "TableClass",
            "DeletionProtectionEnabled",
            "StreamSpecification",
            "SSESpecification");
    private static final Set<String> NAME_ONLY = Set.of("TableName");

    private final Catalog catalog;
    private final Account account;
    private final InstantSource clock;

    TableAdministration(Catalog catalog, Account account, InstantSource clock) {
        this.catalog = catalog;
        this.account = account;
        this.clock = clock;
    }

    Map<String, Object> create(Map<String, Object> members) throws InterruptedException {
        TableDefinition wanted = TableRequests.create(members, clock.instant());
        Table table = catalog.create(wanted.name(), wanted::withNumber);
        return Map.of("TableDescription", TableDescription.of(table, "ACTIVE", account));
    }

    Map<String, Object> describe(Map<String, Object> members) {
        Table table = table(new Parameters(members).accepting("DescribeTable", NAME_ONLY));
        return Map.of("Table", TableDescription.of(table, "ACTIVE", account));
    }

    Map<String, Object> delete(Map<String, Object> members) throws InterruptedException {
        Table table = table(new Parameters(members).accepting("DeleteTable", NAME_ONLY));
        if (table.definition().settings().protection() == Protection.ON) {
            throw TableException.validation(
                    ("Resource cannot be deleted as it is currently protected against deletion."
                            + " Disable deletion protection first."));
        }
        Map<String, Object> last = TableDescription.of(table, "DELETING", account);
        catalog.drop(table);
        return Map.of("TableDescription", last);
    }

    Map<String, Object> list(Map<String, Object> members) {
        Parameters request = new Parameters(members)
                .accepting("ListTables", Set.of("ExclusiveStartTableName", "Limit"));
        int limit = request.count("Limit", 1, LIST_MAX).orElse(LIST_MAX);
        List<String> names = catalog.names(request.text("ExclusiveStartTableName"), limit + 1);
        var response = new LinkedHashMap<String, Object>();
        response.put("TableNames", names.stream().limit(limit).toList());
        if (names.size() > limit) {
            response.put("LastEvaluatedTableName", names.get(limit - 1));
        }
        return response;
    }

    Map<String, Object> update(Map<String, Object> members) throws InterruptedException {
        Parameters request = new Parameters(members).accepting("UpdateTable", UPDATE);
        Table table = table(request);
        TableRequests.refuseEnabled(request, "StreamSpecification", "StreamEnabled");
        TableRequests.refuseEnabled(request, "SSESpecification", "Enabled");
        Optional<String> tableClass = request.choice("TableClass", TableRequests.TABLE_CLASSES);
        Optional<Protection> protection = TableRequests.protection(request);
        Instant now = clock.instant();
        catalog.redefine(table, before -> {
            TableSettings billed = before.withBilling(billing(request, before.billing(), now));
            TableSettings classed = tableClass.map(billed::withTableClass).orElse(billed);
            return protection.map(classed::withProtection).orElse(classed);
        });
        return Map.of("TableDescription", TableDescription.of(table, "ACTIVE", account));
    }

    Map<String, Object> tag(Map<String, Object> members) throws InterruptedException {
        Parameters request =
                new Parameters(members).accepting("TagResource", Set.of("ResourceArn", "Tags"));
        request.required("Tags");
        Map<String, String> added = TableRequests.tags(request);
        Table table = resource(request);
        catalog.redefine(table, before -> {
            var tags = new LinkedHashMap<>(before.tags());
            tags.putAll(added);
            if (tags.size() > TableRequests.TAGS_MAX) {
                throw TableException.validation("Too many tags on %s: at most %d are allowed"
                        .formatted(table.definition().name(), TableRequests.TAGS_MAX));
            }
            return before.withTags(tags);
        });
        return Map.of();
    }

    Map<String, Object> untag(Map<String, Object> members) throws InterruptedException {
        Parameters request = new Parameters(members)
                .accepting("UntagResource", Set.of("ResourceArn", "TagKeys"));
        List<?> gone =
                request.list("TagKeys").orElseThrow(() -> Parameters.mustNotBeNull("TagKeys"));
        catalog.redefine(resource(request), before -> {
            var tags = new LinkedHashMap<>(before.tags());
            gone.forEach(tags::remove);
            return before.withTags(tags);
        });
        return Map.of();
    }

    Map<String, Object> listTags(Map<String, Object> members) {
        Parameters request = new Parameters(members)
                .accepting("ListTagsOfResource", Set.of("ResourceArn", "NextToken"));
        var tags = new ArrayList<Object>();
        resource(request).definition().settings().tags().forEach((key, value) -> {
            var tag = new LinkedHashMap<String, Object>();
            tag.put("Key", key);
            tag.put("Value", value);
            tags.add(tag);
        });
        return Map.of("Tags", tags);
    }

    Map<String, Object> describeTimeToLive(Map<String, Object> members) {
        Table table = table(new Parameters(members).accepting("DescribeTimeToLive", NAME_ONLY));
        Map<String, Object> shown = table.definition()
                .settings()
                .timeToLiveAttribute()
                .<Map<String, Object>>map(
                        name -> Map.of("TimeToLiveStatus", "ENABLED", "AttributeName", name))
                .orElse(Map.of("TimeToLiveStatus", "DISABLED"));
        return Map.of("TimeToLiveDescription", shown);
    }

    Map<String, Object> updateTimeToLive(Map<String, Object> members) throws InterruptedException {
        Parameters request = new Parameters(members)
                .accepting("UpdateTimeToLive", Set.of("TableName", "TimeToLiveSpecification"));
        Table table = table(request);
        Parameters wanted = request.object("TimeToLiveSpecification")
                .orElseThrow(() -> Parameters.mustNotBeNull("TimeToLiveSpecification"));
        String attribute = wanted.requiredText("AttributeName");
        boolean isEnabled =
                wanted.flag("Enabled").orElseThrow(() -> Parameters.mustNotBeNull("Enabled"));
        catalog.redefine(
                table, before -> before.withTimeToLive(changed(before, attribute, isEnabled)));
        return Map.of(
                "TimeToLiveSpecification",
                Map.of("AttributeName", attribute, "Enabled", isEnabled));
    }

    Map<String, Object> describeContinuousBackups(Map<String, Object> members) {
        table(new Parameters(members).accepting("DescribeContinuousBackups", NAME_ONLY));
        return Map.of(
                "ContinuousBackupsDescription",
                Map.of(
                        "ContinuousBackupsStatus",
                        "ENABLED",
                        "PointInTimeRecoveryDescription",
                        Map.of("PointInTimeRecoveryStatus", "DISABLED")));
    }

    /// The initial account quotas; nothing here is enforced.
    Map<String, Object> describeLimits(Map<String, Object> members) {
        new Parameters(members).accepting("DescribeLimits", Set.of());
        return Map.of(
                "AccountMaxReadCapacityUnits",
                80_000,
                "AccountMaxWriteCapacityUnits",
                80_000,
                "TableMaxReadCapacityUnits",
                40_000,
                "TableMaxWriteCapacityUnits",
                40_000);
    }

    private static Optional<String> changed(
            TableSettings before, String attribute, boolean isEnabled) {
        if (before.timeToLiveAttribute().isPresent() == isEnabled) {
            throw TableException.validation(
                    "TimeToLive is already " + (isEnabled ? "enabled" : "disabled"));
        }
        return isEnabled ? Optional.of(attribute) : Optional.empty();
    }

    private static Billing billing(Parameters request, Billing before, Instant now) {
        BillingMode mode = TableRequests.billingMode(request).orElse(before.mode());
        boolean hasThroughput = request.has("ProvisionedThroughput");
        if (mode == before.mode() && !hasThroughput) {
            return before;
        }
        Throughput throughput = TableRequests.throughput(request, mode);
        if (mode == before.mode()
                && mode == BillingMode.PROVISIONED
                && throughput.equals(before.throughput())) {
            throw TableException.validation(
                    ("The provisioned throughput for the table will not change. The requested"
                                    + " value equals the current value. Current ReadCapacityUnits provisioned for the table: %d."
                                    + " Requested ReadCapacityUnits: %1$d. Current WriteCapacityUnits provisioned for the table: %d."
                                    + " Requested WriteCapacityUnits: %2$d. Refer to the Amazon DynamoDB Developer Guide for current"
                                    + " limits and how to request higher limits.")
                            .formatted(throughput.readUnits(), throughput.writeUnits()));
        }
        return new Billing(
                mode,
                throughput,
                mode == BillingMode.PAY_PER_REQUEST && mode != before.mode()
                        ? Optional.of(now)
                        : before.onDemandSince());
    }

    private Table table(Parameters request) {
        return catalog.describedTable(request.requiredText("TableName"));
    }

    private Table resource(Parameters request) {
        String arn = request.requiredText("ResourceArn");
        if (!arn.startsWith("arn:")) {
            throw TableException.validation(
                    "Invalid TableArn: Invalid ResourceArn provided as input " + arn);
        }
        return catalog.find(arn)
                .orElseThrow(() -> new TableException(
                        "ResourceNotFoundException",
                        "Requested resource not found: ResourcArn: %s not found".formatted(arn)));
    }
}
